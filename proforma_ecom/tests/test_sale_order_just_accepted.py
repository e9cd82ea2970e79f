from odoo.exceptions import UserError
from odoo.fields import Command, Datetime
from odoo.tests import freeze_time, tagged

from .common import ProformaCommon


@tagged("post_install", "-at_install")
class TestSaleOrderJustAccepted(ProformaCommon):
    """Nobody changes what the customer accepts at that very moment."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._create_proforma(user_id=cls.sale_user.id)
        cls.line = cls.order.order_line.with_user(cls.sale_user)

    def test_change_at_the_moment_of_the_acceptance_is_refused(self):
        self._sign(self.order)

        with self.assertRaisesRegex(UserError, "Marie Martin accepted PF.* a moment"):
            self.line.price_unit = 7.0

    def test_new_line_at_the_moment_of_the_acceptance_is_refused(self):
        self._sign(self.order)
        order = self.order.with_user(self.sale_user)

        with self.assertRaisesRegex(UserError, "a moment ago"):
            order.order_line = [Command.create({"product_id": self.product.id})]

    def test_half_a_minute_later_it_is_a_change_of_the_order(self):
        now = Datetime.now()
        with freeze_time(Datetime.subtract(now, seconds=31)):
            self._sign(self.order)

        self.line.price_unit = 7.0

        self.assertEqual(self.order.proforma_state, "accepted")

    def test_what_is_not_printed_may_be_written(self):
        self._sign(self.order)

        self.order.with_user(self.sale_user).write({"origin": "Fair"})

        self.assertEqual(self.order.origin, "Fair")

    def test_same_value_may_be_written(self):
        self._sign(self.order)

        self.line.price_unit = self.line.price_unit

        self.assertEqual(self.order.proforma_state, "accepted")

    def test_who_accepted_for_the_customer_may_go_on(self):
        acceptance = self.env["proforma.acceptance"].with_user(self.sale_user)
        values = {"order_id": self.order.id, "reason": "By phone"}
        acceptance.create(values).action_accept()

        self.line.price_unit = 7.0

        self.assertEqual(self.order.proforma_state, "accepted")
