from odoo.tests import HttpCase, tagged

from .common_negotiation import ProformaNegotiationPortalCommon


@tagged("post_install", "-at_install")
class TestProformaRequestAbout(ProformaNegotiationPortalCommon, HttpCase):
    """Salesperson and customer see at once what it is about, and what came of it."""

    def setUp(self):
        super().setUp()
        self.env.company.write(
            {"proforma_change_rule": "never", "proforma_offer_rule": "never"}
        )
        self.authenticate(None, None)

    def test_change_says_lines_and_quantities(self):
        self._change({f"qty_{self.oven_line.id}": "0", f"qty_{self.tray_line.id}": "4"})

        request = self.order.proforma_waiting_request_ids.with_user(self.sale_user)
        oven, tray = self.oven_line.product_id.name, self.tray.name
        self.assertEqual(request.about, f"{oven}: removed; {tray}: 2 → 4")

    def test_offer_for_a_line_says_both_prices(self):
        self._offer("90.00", line=self.oven_line)

        about = self.order.proforma_waiting_request_ids.about
        self.assertRegex(about, r": \D*100\.00\D* → \D*90\.00")

    def test_offer_for_the_whole_and_a_general_question_say_nothing_of_lines(self):
        self._offer("1200")
        self.order.sudo()._proforma_ask("When do you deliver?", self.customer)

        requests = self.order.proforma_waiting_request_ids
        self.assertEqual(requests.mapped("about"), ["", ""])

    def test_question_names_its_line(self):
        self.order.sudo()._proforma_ask_about(
            self.tray_line, "Which colour?", self.customer
        )

        self.assertEqual(self.order.proforma_waiting_request_ids.about, "Tray")

    def test_customer_reads_what_came_of_it_before_the_words(self):
        for state, amount in (("refused", "1100"), ("accepted", "1200")):
            self._offer(amount)
            request = self.order.proforma_waiting_request_ids
            self._answer(request, state, "Our prices are firm.")
            label = dict(request._fields["state"].selection)[state]

            with self.subTest(state):
                self.assertRegex(
                    self._get().text, rf"o_proforma_outcome[^>]*>[^<]*{label}"
                )
