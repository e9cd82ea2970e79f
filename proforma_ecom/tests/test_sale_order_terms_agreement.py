from odoo import http
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from .common import ProformaRefundCommon


@tagged("post_install", "-at_install")
class TestSaleOrderTermsAgreement(ProformaRefundCommon, HttpCase):
    """What the customer agrees to when he signs, and what he reads afterwards."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.proforma_require_terms = True
        cls.order = cls._create_deposit_proforma()

    def _get(self, suffix="/sign", query="", order=None):
        order = order or self.order
        self.authenticate(None, None)
        token = order._portal_ensure_token()
        return self.url_open(
            f"/my/proformas/{order.id}{suffix}?access_token={token}{query}"
        )

    def _agree(self, **values):
        self.authenticate(None, None)
        token = self.order._portal_ensure_token()
        return self.url_open(
            f"/my/proformas/{self.order.id}/terms?access_token={token}",
            data={
                "csrf_token": http.Request.csrf_token(self),
                "version_id": self.order.proforma_version_id.id,
                **values,
            },
        )

    # === TERMS === #

    def test_signature_waits_for_the_terms(self):
        page = self._get().text

        self.assertIn("o_proforma_terms_form", page)
        self.assertNotIn("portal.signature_form", page)
        with self.assertRaisesRegex(UserError, "Accept our terms"):
            self._sign(self.order)

    def test_who_accepts_the_terms_may_sign(self):
        page = self._agree(agreed="1")

        self.assertIn("portal.signature_form", page.text)
        self._sign(self.order)
        self.assertTrue(self.order.signature)

    def test_box_that_is_not_ticked_is_said_on_the_same_page(self):
        page = self._agree()

        self.assertIn("/sign", page.url)
        self.assertIn("Tick the box", page.text)
        self.assertTrue(self.order._is_proforma_terms_missing())

    def test_terms_of_an_older_version_do_not_count_for_the_new_one(self):
        seen = self.order.proforma_version_id
        self._agree(agreed="1")
        self.order.action_proforma_revise()
        self.order.action_proforma_issue()

        self._agree(agreed="1", version_id=seen.id)

        self.assertTrue(self.order._is_proforma_terms_missing())

    def test_second_click_is_no_second_event(self):
        for _time in range(2):
            self._agree(agreed="1")

        kinds = self.order.proforma_event_ids.mapped("kind")
        self.assertEqual(kinds.count("terms_agreed"), 1)

    def test_company_that_does_not_ask_is_signed_at_once(self):
        self.env.company.proforma_require_terms = False

        self.assertIn("portal.signature_form", self._get().text)
        self._sign(self.order)
        self.assertTrue(self.order.signature)

    # === SUMMARY === #

    def test_summary_says_what_is_paid_when(self):
        summary = self._get().text.split("o_proforma_summary")[1]

        self.assertIn("1,200.00", summary)
        self.assertIn("360.00", summary)
        self.assertIn("840.00", summary)
        self.assertIn(self.product.name, summary)

    def _revise_with_discount(self):
        self.order.action_proforma_revise()
        values = {"discount_type": "amount", "discount_amount": 10.0}
        wizards = self.env["sale.order.discount"]
        wizards.create(
            {"sale_order_id": self.order.id, **values}
        ).action_apply_discount()

    def test_summary_counts_no_discount_among_what_he_gets(self):
        self._revise_with_discount()
        self.order.action_proforma_issue()
        document = self.order.sudo().proforma_version_id._get_document()

        summary = self.order._prepare_proforma_agreed_values(document)

        self.assertEqual(len(document["lines"]), 2)
        self.assertEqual(
            [line["name"] for line in summary["agreed_lines"]], [self.product.name]
        )

    def test_summary_counts_no_discount_where_prices_are_hidden(self):
        self._revise_with_discount()
        self.order.order_line = [
            Command.create(
                {
                    "display_type": "line_section",
                    "name": "All in",
                    "collapse_prices": True,
                    "sequence": 1,
                }
            )
        ]
        self.order.action_proforma_issue()
        document = self.order.sudo().proforma_version_id._get_document()

        summary = self.order._prepare_proforma_agreed_values(document)

        self.assertEqual([line["subtotal"] for line in document["lines"][1:]], ["", ""])
        self.assertEqual(
            [line["name"] for line in summary["agreed_lines"]], [self.product.name]
        )

    # === AFTERWARDS === #

    def test_confirmation_says_what_happens_next(self):
        self.env.company.proforma_require_terms = False
        order = self._create_paid_order(proforma_delivery_time="3 weeks")

        page = self._get("", "&message=accepted", order).text

        steps = page.split("o_proforma_next_steps")[1]
        self.assertIn("360.00", steps)
        self.assertIn("Its invoice is among the", steps)
        self.assertIn("840.00", steps)
        self.assertIn("Delivery time: 3 weeks.", steps)

    def test_order_without_deposit_is_told_that_nothing_is_to_be_paid_now(self):
        self.env.company.proforma_require_terms = False
        order = self._create_proforma()
        self._sign(order)

        steps = [str(step) for step in order._get_proforma_next_steps()]

        self.assertIn("Nothing is to be paid now. Our invoice follows.", steps)

    def test_delivery_is_told_by_the_day_of_the_company(self):
        self.order.commitment_date = "2026-03-01 23:30:00"

        steps = [str(step) for step in self.order._get_proforma_next_steps()]

        self.assertIn("Delivery: 03/02/2026.", steps)

    def test_open_proforma_shows_no_confirmation(self):
        page = self._get("", "&message=accepted").text

        self.assertNotIn("o_proforma_next_steps", page)
