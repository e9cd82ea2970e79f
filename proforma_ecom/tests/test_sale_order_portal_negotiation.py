from odoo.tests import HttpCase, new_test_user, tagged

from .common_negotiation import ProformaNegotiationPortalCommon


@tagged("post_install", "-at_install")
class TestSaleOrderPortalNegotiation(ProformaNegotiationPortalCommon, HttpCase):
    """The customer negotiates with the link of his e-mail, without a script."""

    def setUp(self):
        super().setUp()
        self.authenticate(None, None)

    # === CHANGE === #

    def test_page_leads_to_change_and_offer(self):
        page = self._get().text

        self.assertIn("o_proforma_change_link", page)
        self.assertIn("o_proforma_offer_link", page)

    def test_what_cannot_be_done_is_not_offered(self):
        self.env.company.write(
            {"proforma_change_rule": "off", "proforma_offer_rule": "off"}
        )

        page = self._get().text

        self.assertNotIn("o_proforma_change_link", page)
        self.assertNotIn("o_proforma_offer_link", page)

    def test_form_shows_what_is_ordered_and_what_may_be_added(self):
        page = self._get("/change").text

        self.assertIn(f'name="qty_{self.oven_line.id}"', page)
        self.assertIn(f'name="add_{self.cover.id}"', page)
        self.assertIn("30.00", page)

    def test_form_calls_a_line_as_the_page_does(self):
        self.oven_line.product_id.default_code = "OV-3"
        self.oven_line.name = "[OV-3] Oven\nStainless steel"

        self.assertEqual(self.oven_line._get_proforma_title(), "Oven")

    def test_recalculating_needs_no_script_and_changes_nothing(self):
        page = self._post_change("preview")

        self.assertIn("1,440.00", page.text)
        self.assertIn('value="4"', page.text)
        self.assertUntouched()

    def test_sent_change_is_a_new_version(self):
        page = self._post_change()

        self.assertIn("Your change is done", page.text)
        self.assertEqual(self.order.proforma_version_id.version, 2)

    def test_change_that_waits_says_until_when_it_is_answered(self):
        self.env.company.proforma_change_rule = "never"

        page = self._post_change()

        self.assertIn("Your change", page.text)
        self.assertIn("We answer by", page.text)
        self.assertIn("1,440.00", page.text)

    def test_mistake_is_said_at_its_field_and_keeps_what_was_typed(self):
        page = self._post_change(message="For May", **{f"qty_{self.oven_line.id}": "x"})

        self.assertIn("Enter a number", page.text)
        self.assertIn("For May", page.text)
        self.assertIn('value="4"', page.text)
        self.assertUntouched()

    def test_script_gets_the_same_figures(self):
        answer = self._preview({f"qty_{self.tray_line.id}": "4"})

        self.assertIn("1,440.00", answer["total"])
        self.assertIn("200.00", answer["lines"][f"qty_{self.tray_line.id}"]["amount"])
        self.assertUntouched()

    def test_customer_reads_beforehand_what_comes_of_a_change(self):
        for rule, quantity, expected in (
            ("automatic", "2", "Nothing is ordered"),
            ("automatic", "4", "a new version at once"),
            ("automatic", "-1", "Nothing is ordered"),
            ("never", "4", "We look at this first and answer by"),
        ):
            self.env.company.proforma_change_rule = rule
            with self.subTest(rule=rule, quantity=quantity):
                answer = self._preview({f"qty_{self.tray_line.id}": quantity})

                self.assertIn(expected, answer["outcome"])
        self.assertUntouched()

    def test_script_is_told_of_a_new_version(self):
        seen = self.order.proforma_version_id
        self._post_change()

        answer = self._preview({}, version_id=seen.id)

        self.assertIn("has changed meanwhile", answer["error"])

    def test_figures_are_written_in_the_language_of_the_reader(self):
        self._speak_french()
        user = new_test_user(
            self.env, "marie", "base.group_portal", partner_id=self.customer.id
        )
        user.lang = "fr_FR"
        self.authenticate("marie", "marie")

        page = self._post_change("preview").text

        self.assertIn("1\N{NO-BREAK SPACE}440,00", page)

    def test_who_asked_is_known(self):
        self.env.company.proforma_change_rule = "never"
        colleague = self._sign_in_colleague()

        self._post_change()

        request = self.order.proforma_waiting_request_ids
        self.assertEqual(request.partner_id, colleague)
        self.assertEqual(request.asked_by, "Paul")

    def test_withdrawn_change_gives_the_page_back(self):
        self.env.company.proforma_change_rule = "never"
        self._post_change()
        request = self.order.proforma_waiting_request_ids

        page = self._post(f"/requests/{request.id}/withdraw")

        self.assertIn("Withdrawn", page.text)
        self.assertIn("o_proforma_accept", page.text)

    # === COUNTER-OFFER === #

    def test_offer_waits_with_its_amount(self):
        page = self._post("/offer", amount="1200", message="Please")

        self.assertIn("Your offer of", page.text)
        self.assertIn("1,200.00", page.text)
        self.assertIn("o_proforma_accept", page.text)

    def test_offer_for_a_line_names_it(self):
        self._post("/offer", amount="90", line_id=str(self.oven_line.id))

        request = self.order.proforma_waiting_request_ids
        self.assertEqual(request.line_ids.price_asked, 90.0)

    def test_mistake_in_an_offer_keeps_what_was_typed(self):
        page = self._post("/offer", amount="5000", message="Please")

        self.assertEqual(page.text.count("offer less"), 1)
        self.assertIn("Please", page.text)
        self.assertUntouched()

    def test_refusal_by_rule_is_on_the_page(self):
        self.env.company.write(
            {"proforma_offer_rule": "automatic", "proforma_offer_floor": 41.0}
        )

        page = self._post("/offer", amount="1200")

        self.assertIn("Thank you for your offer", page.text)

    # === QUESTION === #

    def test_question_and_answer_stand_at_the_line(self):
        self._post(f"/lines/{self.tray_line.id}/question", question="Which colour?")
        request = self.order.proforma_waiting_request_ids
        self.assertIn("Which colour?", self._get().text)

        self._answer(request, "answered", "Grey <i>metal</i>.")

        page = self._get().text
        answer = page.partition("o_proforma_line_answer")[2].partition("<details")[0]
        self.assertIn("Grey &lt;i&gt;metal&lt;/i&gt;.", answer)
        self.assertIn(self.sale_user.name, answer)
