from odoo.exceptions import UserError
from odoo.fields import Datetime
from odoo.tests import freeze_time, tagged

from ..const import MAX_REMARK_LENGTH
from ..const_portal import MAX_NAME_LENGTH
from .common import SIGNATURE, ProformaCommon

TOO_LONG = "é" * (MAX_REMARK_LENGTH + 1)


@tagged("post_install", "-at_install")
class TestSaleOrderWords(ProformaCommon):
    """What a customer writes, however much of it."""

    def _expire(self, order):
        day_after = Datetime.add(order.proforma_deadline, days=1)
        return freeze_time(day_after)

    def test_refusal_with_too_many_words_is_none(self):
        order = self._create_proforma()

        with self.assertRaisesRegex(UserError, "Shorten it"):
            order.sudo()._proforma_decline(comment=TOO_LONG)

        self.assertEqual(order.proforma_state, "issued")

    def test_request_for_a_renewal_with_too_many_words_is_none(self):
        order = self._create_proforma()

        with self._expire(order), self.assertRaisesRegex(UserError, "Shorten it"):
            order.sudo()._proforma_request_renewal(self.customer, TOO_LONG)

        self.assertFalse(order._has_proforma_event("renewal_asked"))

    def test_character_that_no_database_keeps_is_dropped(self):
        self.env.company.proforma_renewal_policy = "never"
        order = self._create_proforma()

        with self._expire(order):
            order.sudo()._proforma_request_renewal(self.customer, "Until\0 May\n")

        self.assertEqual(order.sudo().proforma_request_ids.message, "Until May")

    def test_name_of_who_signs_has_a_length(self):
        order = self._create_proforma()

        with self.assertRaisesRegex(UserError, "at most"):
            order.sudo()._proforma_sign("é" * (MAX_NAME_LENGTH + 1), SIGNATURE)
        order.sudo()._proforma_sign(f" {'é' * MAX_NAME_LENGTH}\0 ", SIGNATURE)

        self.assertEqual(order.signed_by, "é" * MAX_NAME_LENGTH)
