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

    def _save(self, **values):
        """Save the form as the browser of the salesperson does."""
        return self.order.with_user(self.sale_user).web_save(values, {})

    def _save_price(self, price=7.0):
        line = self.order.order_line
        return self._save(order_line=[Command.update(line.id, {"price_unit": price})])

    def test_change_at_the_moment_of_the_acceptance_is_refused(self):
        self._sign(self.order)

        with self.assertRaisesRegex(UserError, "Marie Martin accepted PF.* a moment"):
            self._save_price()

    def test_new_line_at_the_moment_of_the_acceptance_is_refused(self):
        self._sign(self.order)

        with self.assertRaisesRegex(UserError, "a moment ago"):
            self._save(order_line=[Command.create({"product_id": self.product.id})])

    def test_half_a_minute_later_it_is_a_change_of_the_order(self):
        now = Datetime.now()
        with freeze_time(Datetime.subtract(now, seconds=31)):
            self._sign(self.order)

        self._save_price()

        self.assertEqual(self.order.proforma_state, "accepted")

    def test_what_is_not_printed_may_be_saved(self):
        self._sign(self.order)

        self._save(origin="Fair")

        self.assertEqual(self.order.origin, "Fair")

    def test_what_is_written_by_the_accounting_is_not_a_form(self):
        self._sign(self.order)

        self.line.name = "Down payment of today"

        self.assertEqual(self.order.proforma_state, "accepted")

    def test_who_accepted_for_the_customer_may_go_on(self):
        acceptance = self.env["proforma.acceptance"].with_user(self.sale_user)
        values = {"order_id": self.order.id, "reason": "By phone"}
        acceptance.create(values).action_accept()

        self._save_price()

        self.assertEqual(self.order.proforma_state, "accepted")
