from datetime import timedelta

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import SIGNATURE
from .common_routes import ProformaRoutesCommon

# What a customer may still do with an expired pro forma, and the state that it is in
# afterwards. Any other form changes no state.
AFTER_EXPIRY = {"/renew": ("expired", "issued"), "/interested": ("expired", "issued")}

# A customer who has signed may still refuse, or ask the salesperson for a change; what
# he signed stays in any case.
SIGNED_STATES = ("issued", "declined", "revising")


@tagged("post_install", "-at_install")
class TestPortalRoutesWhen(ProformaRoutesCommon):
    """Each route of the customer's page, when he may open it but comes too late, with
    something old, after a signature, or is not the only one.
    """

    def setUp(self):
        super().setUp()
        self.order.sudo()._proforma_create_request("question")

    def _sign_as_customer(self):
        self._sign(self.order)
        self.assertEqual(self.order.proforma_state, "issued")

    def _get_signed_facts(self):
        self.env.invalidate_all()
        order = self.order.sudo()
        return (
            order.signed_by,
            order.amount_total,
            order.proforma_version_id.id,
            order.proforma_deposit_ids.mapped("amount"),
        )

    # === EXPIRED === #

    def test_expired_proforma_is_open_on_no_form(self):
        self.order._set_proforma_expired()
        for address in self._get_routes("http", "POST"):
            with self.subTest(address), self._rolled_back():
                allowed = AFTER_EXPIRY.get(self._get_suffix(address), ("expired",))
                response = self._post(address, token="own")

                self.assertLess(response.status_code, 500)
                self.assertIn(self.order.proforma_state, allowed)
                self.assertFalse(self.order.signature)
                self.assertEqual(self.order.amount_total, 1200.0)

    def test_proforma_past_its_deadline_is_open_on_no_form_before_the_cron(self):
        self.order.sudo().proforma_deadline -= timedelta(days=400)
        for address in self._get_routes("http", "POST"):
            with self.subTest(address), self._rolled_back():
                response = self._post(address, token="own")

                self.assertLess(response.status_code, 500)
                self.assertNotIn(self.order.proforma_state, ("accepted", "revising"))
                self.assertFalse(self.order.signature)
                self.assertEqual(self.order.amount_total, 1200.0)

    @mute_logger("odoo.http")
    def test_proforma_past_its_deadline_is_accepted_on_no_route_before_the_cron(self):
        self.order.sudo().proforma_deadline -= timedelta(days=400)
        for address in self._get_routes("jsonrpc", "POST"):
            with self.subTest(address), self._rolled_back():
                version = self.order.proforma_version_id
                self._call(address, token="own", version=version)

                self.assertEqual(self.order.proforma_state, "issued")
                self.assertFalse(self.order.signature)
                self.assertFalse(self.order.sudo().transaction_ids)

    # === SIGNED, NOT PAID === #

    def test_signed_proforma_is_shown_on_every_page(self):
        self._sign_as_customer()
        facts = self._get_signed_facts()
        for address in self._get_routes("http", "GET"):
            if "/receipts/" in address:
                continue  # There is none yet.
            with self.subTest(address):
                response = self._visit(address, token="own")

                self.assertEqual(response.status_code, 200)
                self.assertEqual(self._get_signed_facts(), facts)

    def test_signed_proforma_is_changed_by_no_form(self):
        self._sign_as_customer()
        facts = self._get_signed_facts()
        for address in self._get_routes("http", "POST"):
            with self.subTest(address), self._rolled_back():
                response = self._post(address, token="own")

                self.assertLess(response.status_code, 500)
                self.assertIn(self.order.proforma_state, SIGNED_STATES)
                self.assertEqual(self._get_signed_facts(), facts)

    @mute_logger("odoo.http")
    def test_signed_proforma_is_not_signed_again_nor_paid_otherwise(self):
        self._sign_as_customer()
        facts = self._get_signed_facts()
        for address in self._get_routes("jsonrpc", "POST"):
            with self.subTest(address), self._rolled_back():
                version = self.order.proforma_version_id
                self._call(address, token="own", version=version, amount=1.0)

                self.assertEqual(self.order.proforma_state, "issued")
                self.assertEqual(self._get_signed_facts(), facts)
                self.assertFalse(self.order.sudo().transaction_ids)

    # === SUPERSEDED VERSION === #

    def _supersede(self):
        """Return the version that the customer saw, and issue another one."""
        self.order.proforma_reminder_plan_id = False
        seen = self.order.proforma_version_id
        self.order.action_proforma_revise()
        self.order.order_line[0].product_uom_qty = 11.0
        self.order.action_proforma_issue()
        self.assertNotEqual(self.order.proforma_version_id, seen)
        return seen

    def test_there_are_routes_that_ask_for_the_version(self):
        self.assertGreater(len(self._get_version_routes("http")), 2)
        self.assertGreater(len(self._get_version_routes("jsonrpc")), 2)

    def test_no_form_does_anything_with_a_superseded_version(self):
        seen = self._supersede()
        before = self._get_digest(is_read=True)
        for address in self._get_version_routes("http"):
            with self.subTest(address), self._rolled_back():
                response = self._post(address, token="own", version_id=seen.id)

                self.assertEqual(response.status_code, 200)
                self.assertIn("alert-danger", response.text)
                self.assertEqual(self._get_digest(is_read=True), before)

    @mute_logger("odoo.http")
    def test_no_script_does_anything_with_a_superseded_version(self):
        seen = self._supersede()
        before = self._get_digest(is_read=True)
        for address in self._get_version_routes("jsonrpc"):
            with self.subTest(address), self._rolled_back():
                answer = self._call(address, token="own", version=seen)

                self.assertRegex(answer.text, '"error"|"redirect_url"')
                self.assertEqual(self._get_digest(is_read=True), before)

    @mute_logger("odoo.http")
    def test_version_of_another_order_counts_as_superseded(self):
        self._supersede()
        foreign = self.other.proforma_version_id
        before = self._get_digest(is_read=True)
        for address in self._get_version_routes("jsonrpc"):
            with self.subTest(address), self._rolled_back():
                self._call(address, token="own", version=foreign)

                self.assertEqual(self._get_digest(is_read=True), before)

    # === TWO OF ONE COMPANY === #

    def test_what_a_colleague_posts_bears_his_name(self):
        paul = self.env["res.users"].search([("login", "=", "paul")]).partner_id
        for address in self._get_routes("http", "POST"):
            with self.subTest(address), self._rolled_back():
                known = self.order.proforma_event_ids
                response = self._post(address, "paul")

                events = self.order.proforma_event_ids - known
                self.assertEqual(response.status_code, 200)
                self.assertLessEqual(events.partner_id, paul)

    @mute_logger("odoo.http")
    def test_a_colleague_accepts_in_his_own_name(self):
        paul = self.env["res.users"].search([("login", "=", "paul")]).partner_id
        address = f"/my/proformas/{self.order.id}/accept"
        version = self.order.proforma_version_id

        self._call(address, "paul", version=version, name="Paul", signature=SIGNATURE)

        events = self.order.proforma_event_ids.filtered(lambda e: e.kind == "signed")
        self.assertEqual(events.partner_id, paul)
        self.assertEqual(self.order.signed_by, "Paul")
