from datetime import timedelta

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import ProformaLoyaltyCommon


@tagged("post_install", "-at_install")
class TestLoyaltyProgramRelease(ProformaLoyaltyCommon):
    """A code that may be used once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.program = cls._create_code("ONCE", limit_usage=True, max_usage=1)
        cls.order = cls._create_rewarded("ONCE")

    def _enter_code(self):
        """Return another order for which the code was entered, if it may be used."""
        self.program.invalidate_recordset()
        return self._claim(self._create_order(), "ONCE")

    def test_issued_pro_forma_holds_the_code(self):
        self.assertFalse(self._get_reward_lines(self._enter_code()))

    def test_accepted_order_holds_the_code(self):
        self._sign(self.order)

        self.assertFalse(self._get_reward_lines(self._enter_code()))

    def test_declined_or_expired_pro_forma_leaves_the_code(self):
        for end in ("_proforma_decline", "_set_proforma_expired"):
            with self.subTest(end), self.env.cr.savepoint() as savepoint:
                getattr(self.order, end)()

                self.assertTrue(self._get_reward_lines(self._enter_code()))
                savepoint.rollback()

    def test_it_is_extended_while_nobody_else_has_it(self):
        self.order._set_proforma_expired()

        self._extend()

        self.assertEqual(self.order.proforma_version_count, 2)
        self.assertAlmostEqual(self.order.amount_total, 1080.0)

    def test_it_is_not_extended_once_somebody_else_has_it(self):
        self.order._set_proforma_expired()
        self._enter_code()

        with self.assertRaisesRegex(UserError, "ONCE.* used for other orders"):
            self._extend()

    def _extend(self):
        last_day = self.order.proforma_version_id.valid_until
        self.order._proforma_extend(last_day + timedelta(days=9))
