from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from .common_negotiation import ProformaNegotiationPortalCommon

# What is sent to which page.
ROUTES = {
    "change": ("/change", {"action": "send"}),
    "offer": ("/offer", {"amount": "1000"}),
    "question": ("/lines/%(line)s/question", {"question": "Why?"}),
    "withdraw": ("/requests/%(request)s/withdraw", {}),
}

# Names of fields and what is in them, as no page of ours would send it.
HOSTILE = [
    ("qty_%(line)s", "-1"),
    ("qty_%(line)s", "NaN"),
    ("qty_%(line)s", "1e5"),
    ("qty_%(line)s", "1000000000"),
    ("qty_%(line)s", "0.1"),
    ("qty_%(line)s", "<script>alert(1)</script>"),
    ("qty_%(line)s", "1" * 100_000),
    ("qty_999999999", "1"),
    ("qty_", "1"),
    ("qty_%(other)s", "1"),
    ("add_999999999", "1"),
    ("add_%(stranger)s", "1"),
    ("remove_%(other)s", "1"),
    ("version_id", "NaN"),
    ("version_id", "99999999999999999999"),
    ("version_id", ""),
    ("message", "x" * 3000),
]


@tagged("post_install", "-at_install")
class TestSaleOrderPortalNegotiationAccess(ProformaNegotiationPortalCommon, HttpCase):
    """Who may negotiate, and what hostile browsers get."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.proforma_offer_rule = "never"
        cls.other = cls._create_two_lines()
        cls.other.action_proforma_issue()
        cls.stranger = cls._create_product(name="Gold", list_price=0.01)
        cls.asked = cls.order.sudo()._proforma_create_request("question")

    def _send(self, name, **kwargs):
        suffix, fields = ROUTES[name]
        ids = {"line": self.tray_line.id, "request": self.asked.id}
        if name == "change":
            fields = {**fields, f"qty_{self.tray_line.id}": "4"}
        return self._post(suffix % ids, **{**fields, **kwargs})

    def _assert_nothing_happened(self):
        self.order.invalidate_recordset()
        self.asked.invalidate_recordset()
        self.assertEqual(self.order.proforma_request_ids, self.asked)
        self.assertEqual(self.asked.state, "waiting")
        self.assertEqual(self.order.proforma_version_id.version, 1)
        self.assertEqual(self.order.proforma_state, "issued")
        self.assertFalse(self.order._is_proforma_text_changed())

    # === WHO === #

    def test_visitor_without_the_right_link_does_nothing(self):
        self.authenticate(None, None)
        for token in ("", "wrong", self.other._portal_ensure_token()):
            for name in ROUTES:
                with self.subTest(name, token=token):
                    response = self._send(name, token=token)

                    self.assertEqual(response.status_code, 404)
                    self.assertNotIn(self.order.proforma_number, response.text)
                    self._assert_nothing_happened()

    def test_pages_open_only_with_the_right_link(self):
        self.authenticate(None, None)
        for suffix in ("/change", "/offer"):
            with self.subTest(suffix):
                self.assertEqual(self._get(suffix, "wrong").status_code, 404)
                self.assertEqual(self._get(suffix).status_code, 200)

    def test_script_gets_no_figures_without_the_right_link(self):
        self.authenticate(None, None)

        answer = self._preview({}, token="wrong")

        self.assertEqual(answer, {"error": "This link is not valid."})

    def test_portal_user_of_another_customer_does_nothing(self):
        stranger = self._create_customer("Stranger")
        new_test_user(self.env, "eve", "base.group_portal", partner_id=stranger.id)
        self.authenticate("eve", "eve")
        for name in ROUTES:
            with self.subTest(name):
                response = self._send(name, token="")

                self.assertEqual(response.status_code, 404)
                self._assert_nothing_happened()

    def test_salesperson_of_another_company_does_nothing(self):
        company = self.env["res.company"].create({"name": "Second"})
        new_test_user(
            self.env,
            "second",
            "sales_team.group_sale_manager",
            company_id=company.id,
            company_ids=[(6, 0, company.ids)],
        )
        self.authenticate("second", "second")
        for name in ROUTES:
            with self.subTest(name):
                response = self._send(name, token="")

                self.assertEqual(response.status_code, 404)
                self._assert_nothing_happened()

    def test_colleague_of_the_customer_may_negotiate(self):
        self._sign_in_colleague()

        self._send("offer", token="")

        self.assertEqual(len(self.order.proforma_request_ids), 2)

    # === HOW === #

    @mute_logger("odoo.http")
    def test_form_of_another_site_does_nothing(self):
        self.authenticate(None, None)
        for name in ROUTES:
            with self.subTest(name):
                response = self._send(name, csrf_token="wrong")

                self.assertEqual(response.status_code, 400)
                self._assert_nothing_happened()

    def test_link_that_is_followed_does_nothing(self):
        self.authenticate(None, None)
        for name, (suffix, _fields) in ROUTES.items():
            with self.subTest(name):
                ids = {"line": self.tray_line.id, "request": self.asked.id}
                response = self._get(suffix % ids)

                self.assertLess(response.status_code, 500)
                self._assert_nothing_happened()

    def test_request_of_another_order_is_not_withdrawn(self):
        self.authenticate(None, None)
        others = self.other.sudo()._proforma_create_request("question")

        response = self._post(f"/requests/{others.id}/withdraw")

        self.assertEqual(response.status_code, 404)
        self.assertEqual(others.state, "waiting")

    # === WHEN === #

    def test_state_that_does_not_allow_it_says_why(self):
        self.authenticate(None, None)
        for state in ("accepted", "declined", "expired", "revising"):
            for name in ("change", "offer"):
                with self.subTest(state, name=name):
                    self.order.sudo().proforma_state = state

                    page = self._send(name)

                    self.assertIn("alert-danger", page.text)
                    self.assertEqual(self.order.proforma_state, state)
                    self.assertEqual(self.order.proforma_request_ids, self.asked)

    def test_version_that_was_replaced_is_shown_anew(self):
        self.authenticate(None, None)
        seen = self.order.proforma_version_id
        self.order._proforma_extend(self.order.validity_date.replace(year=2035))
        for name in ("change", "offer"):
            with self.subTest(name):
                page = self._send(name, version_id=str(seen.id))

                self.assertIn("has changed meanwhile", page.text)
                self.assertEqual(self.order.proforma_version_id.version, 2)
                self.assertEqual(self.order.proforma_request_ids, self.asked)

    # === WHAT === #

    def _get_hostile(self):
        ids = {
            "line": self.tray_line.id,
            "other": self.other.order_line[0].id,
            "stranger": self.stranger.id,
        }
        return [(name % ids, value) for name, value in HOSTILE]

    def test_hostile_fields_are_answered_in_words(self):
        self.authenticate(None, None)
        for action in ("send", "preview"):
            for name, value in self._get_hostile():
                with self.subTest(name, value=value[:20], action=action):
                    response = self._post("/change", action=action, **{name: value})

                    self.assertEqual(response.status_code, 200)
                    self.assertNotIn("<script>alert", response.text)
                    self._assert_nothing_happened()

    def test_hostile_figures_are_answered_in_words(self):
        self.authenticate(None, None)
        typed = [{name: value} for name, value in self._get_hostile()]
        lists = [None, [], "text", 7, {"qty_1": None}, {"qty_": {}}, {"": []}]
        for sent in typed + lists:
            with self.subTest(str(sent)[:40]):
                answer = self._preview(sent)

                self.assertTrue(answer.get("error") or "total" in answer)
                self._assert_nothing_happened()

    def test_hostile_offers_are_answered_in_words(self):
        self.authenticate(None, None)
        for amount in ("-1", "NaN", "1e5", "", "0", "<b>", "9" * 50):
            for line_id in ("", "NaN", "-1", str(self.other.order_line[0].id)):
                with self.subTest(amount, line_id=line_id):
                    page = self._post("/offer", amount=amount, line_id=line_id)

                    self.assertIn("alert-danger", page.text)
                    self._assert_nothing_happened()

    def test_text_of_ten_megabytes_is_refused(self):
        self.authenticate(None, None)
        text = "x" * 10_000_000
        for name, field in (("change", "message"), ("question", "question")):
            with self.subTest(name):
                response = self._send(name, **{field: text})

                self.assertLess(response.status_code, 500)
                self._assert_nothing_happened()
