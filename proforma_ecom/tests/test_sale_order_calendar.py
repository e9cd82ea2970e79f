from odoo.tests import freeze_time, tagged

from ..const import PROFORMA_STATES
from ..models.sale_order_calendar import STATE_COLORS
from .common import ProformaCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-11-23 10:00:00")
class TestSaleOrderCalendar(ProformaCommon):
    """What a person reads of a pro forma in the calendar, and of its last day."""

    def test_title_names_number_customer_and_amount(self):
        contact = self._create_customer(
            "Marie Martin", parent_id=self.customer.id, is_company=False
        )

        order = self._create_proforma(partner_id=contact.id)

        amount = order._format_proforma_amount(1000.0)
        self.assertEqual(
            order.proforma_calendar_title,
            f"{order.proforma_number} · {self.customer.name} · {amount}",
        )

    def test_title_has_the_currency_of_the_order(self):
        currency = self._enable_currency("CHF")
        prices = self.env["product.pricelist"].create(
            {"name": "CHF", "currency_id": currency.id}
        )

        order = self._create_proforma_without_pdf(pricelist_id=prices.id)

        self.assertIn("CHF", order.proforma_calendar_title)

    def test_each_state_has_its_color(self):
        order = self._create_proforma_without_pdf()
        color = order.proforma_state_color

        order._set_proforma_declined(self.env["proforma.decline.reason"])

        self.assertEqual(color, STATE_COLORS["issued"])
        self.assertEqual(order.proforma_state_color, STATE_COLORS["declined"])
        self.assertEqual(set(STATE_COLORS), {state for state, _ in PROFORMA_STATES})

    # === LAST DAY === #

    def _get_end(self, tz="Europe/Paris", grace=0.0, **values):
        self.env.company.partner_id.tz = tz
        self.env.company.proforma_grace_hours = grace
        order = self._create_proforma_without_pdf(validity_date="2026-11-30", **values)
        return order.proforma_acceptance_end

    def test_last_day_is_named_instead_of_the_midnight_after_it(self):
        self.assertEqual(self._get_end(), "End of 11/30/2026 (Europe/Paris)")

    def test_last_day_is_the_company_s_day(self):
        self.assertEqual(
            self._get_end(tz="America/New_York"), "End of 11/30/2026 (America/New_York)"
        )

    def test_grace_is_told_to_the_minute(self):
        self.assertRegex(
            self._get_end(grace=6.5), r"^12/01/2026, 6:30\sAM \(Europe/Paris\)$"
        )

    def test_quotation_has_no_end(self):
        self.assertFalse(self._create_order().proforma_acceptance_end)
