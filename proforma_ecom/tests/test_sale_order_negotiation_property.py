from hypothesis import given
from hypothesis import strategies as st

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common_random import ORDERS, RANDOM, ProformaRandomCommon, random_cases
from .test_typed import ANYTHING


@tagged("post_install", "-at_install", "-standard", RANDOM)
class TestSaleOrderNegotiationProperty(ProformaRandomCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.issued = cls._create_proforma()

    def _create_random_order(self, case):
        vals = self._prepare_random_vals(case)
        return self._create_order(**vals).sudo()

    @random_cases(60)
    @given(ORDERS, st.integers(10, 990))
    def test_offered_total_is_met_as_near_as_taxes_allow(self, case, permille):
        order = self._create_random_order(case)
        offer = order.currency_id.round(order.amount_total * permille / 1000)
        if not 0 < offer < order.amount_total:
            return

        with self._telling(case):
            total = order._get_proforma_offer_figures(offer, order.order_line[:0])[
                "total"
            ]

            # Half of a smallest coin for each tax of each line, at the very most.
            self.assertAlmostEqual(
                total, offer, delta=order.currency_id.rounding * len(order.order_line)
            )

    @random_cases(60)
    @given(ORDERS, st.integers(10, 990))
    def test_offered_price_is_shown_as_it_was_offered(self, case, permille):
        line = self._create_random_order(case).order_line[0]
        digits = self.env["proforma.snapshot"]._get_price_digits(line)
        offer = round(line._get_proforma_shown_price() * permille / 1000, digits)

        with self._telling(case):
            line._proforma_apply_shown_price(offer)

            # Taxes are rounded to the smallest coin.
            self.assertAlmostEqual(
                line._get_proforma_shown_price(),
                offer,
                delta=max(line.currency_id.rounding, 0.02),
            )

    @random_cases(300)
    @given(st.dictionaries(st.sampled_from(["qty_", "add_", "remove_"]), ANYTHING))
    def test_whatever_is_typed_is_a_quantity_or_a_sentence(self, typed):
        line = self.issued.order_line
        sent = {f"{name}{line.id}": value for name, value in typed.items()}
        try:
            change = self.issued.sudo()._read_proforma_change(sent)
        except UserError as error:
            self.assertIn("Load the page", str(error))
            return

        self.assertTrue(all(0 <= qty <= 999_999 for qty in change.quantities.values()))
        self.assertTrue(all(change.errors.values()))
