import json
from unittest.mock import patch

from odoo import fields
from odoo.tests import HttpCase, freeze_time, tagged

from ..const import CODE_ALPHABET, VERIFICATION_LIMIT
from ..models.proforma_verification_attempt import ProformaVerificationAttempt
from ..utils import group_text
from .common import ProformaCommon

UNKNOWN_CODE = "0000-0000-0000"


@tagged("post_install", "-at_install")
class TestProformaVerification(HttpCase, ProformaCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._speak_french()
        cls.env.user.company_id.name = "Atelier Durand SAS"
        cls.order = cls._create_proforma(client_order_ref="BC-118")
        cls.version = cls.order.proforma_version_id

    def setUp(self):
        super().setUp()
        self.authenticate(None, None)

    def _open(self, reference, **kwargs):
        return self.url_open(f"/proforma/verify/{reference}", **kwargs)

    def _get_state(self, version):
        """Return the state that the page says."""
        response = self._open(version.token)
        self.assertEqual(response.status_code, 200)
        return response.text.partition('data-state="')[2].partition('"')[0]

    # === STATES === #

    def test_issued_version_is_current(self):
        self.assertEqual(self._get_state(self.version), "current")

    def test_older_version_is_replaced(self):
        self.order.action_proforma_revise()
        self.order.action_proforma_issue()

        response = self._open(self.version.token)

        self.assertIn('data-state="replaced"', response.text)
        self.assertRegex(response.text, r"replaced by version\s+2")

    def test_version_being_revised_says_so(self):
        self.order.action_proforma_revise()

        self.assertEqual(self._get_state(self.version), "revising")

    def test_version_past_its_deadline_is_expired_before_the_scheduled_action(self):
        deadline = self.order.proforma_deadline
        state_of = self.version._get_verification_state

        with freeze_time(fields.Datetime.subtract(deadline, seconds=1)):
            self.assertEqual(state_of(), "current")
        with freeze_time(deadline):
            self.assertEqual(state_of(), "expired")

    def test_expired_version_says_so(self):
        self.order._set_proforma_expired()

        self.assertEqual(self._get_state(self.version), "expired")

    def test_accepted_version_says_so(self):
        self._sign(self.order)

        self.assertEqual(self._get_state(self.version), "accepted")

    def test_declined_and_cancelled_look_the_same(self):
        other = self._create_proforma()
        self.order._proforma_decline(comment="Too dear")
        other._set_proforma_cancelled()

        self.assertEqual(self._get_state(self.version), "void")
        self.assertEqual(self._get_state(other.proforma_version_id), "void")

    def test_version_that_was_tampered_with_is_not_vouched_for(self):
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE proforma_version SET snapshot = 'not JSON' WHERE id = %s",
            [self.version.id],
        )
        self.env.invalidate_all()

        response = self._open(self.version.token)

        self.assertIn('data-state="unsure"', response.text)
        self.assertNotIn(self.version.number, response.text)

    # === CONTENT === #

    def test_page_shows_what_identifies_the_document(self):
        page = self._open(self.version.token).text

        for text in (
            self.version.number,
            "Atelier Durand SAS",
            "1,000.00",
            self.order.currency_id.name,
            group_text(self.version.pdf_sha256, 8),
        ):
            with self.subTest(text):
                self.assertIn(text, page)

    def test_page_holds_nothing_of_the_customer_nor_of_the_order(self):
        self._sign(self.order)
        page = self._open(self.version.token).text

        for text in (
            self.customer.name,
            self.customer.street,
            self.customer.email,
            "Marie Martin",
            "BC-118",
            self.order.name,
            self.product.name,
            self.order.access_token,
            "/my/proformas",
        ):
            with self.subTest(text):
                self.assertTrue(text)
                self.assertNotIn(text, page)

    def test_signed_version_says_on_which_day_of_the_company(self):
        with freeze_time("2026-11-24 23:30:00"):  # Half past midnight in Paris.
            order = self._create_proforma()
            self._sign(order)

        facts = order.proforma_version_id._prepare_public_facts()

        self.assertEqual(facts["signed_on"], "2026-11-25")

    def test_facts_are_those_of_the_paper_whatever_became_of_the_order(self):
        self.env.user.company_id.name = "Another issuer"

        self.assertIn("Atelier Durand SAS", self._open(self.version.token).text)

    def test_page_speaks_the_language_of_the_visitor(self):
        self.opener.cookies.clear()  # Somebody who was never here.

        french = self._open(
            self.version.token, headers={"Accept-Language": "fr-FR,fr;q=0.9"}
        )

        self.assertIn('<html lang="fr-FR"', french.text)
        self.assertIn("1\N{NO-BREAK SPACE}000,00", french.text)

    def test_pages_are_neither_kept_nor_indexed_nor_framed_nor_told_on(self):
        for path in ("", f"/{self.version.token}", f"/{UNKNOWN_CODE}"):
            with self.subTest(path):
                response = self.url_open(f"/proforma/verify{path}")
                self.assertIn("noindex", response.headers["X-Robots-Tag"])
                self.assertEqual(response.headers["Referrer-Policy"], "no-referrer")
                self.assertIn("no-store", response.headers["Cache-Control"])
                self.assertIn(
                    "frame-ancestors 'self'",
                    response.headers["Content-Security-Policy"],
                )
                self.assertIn('<meta name="robots" content="noindex', response.text)

    # === CODES === #

    def test_code_is_found_however_it_is_typed(self):
        code = self.version.verification_code
        printed = group_text(code, 4, "-")
        misread = code.replace("0", "o").replace("1", "l")
        for typed in (code, printed, printed.lower(), f" {misread} ", "  ".join(code)):
            with self.subTest(typed):
                response = self.url_open("/proforma/verify", params={"code": typed})
                self.assertIn('data-state="current"', response.text)

    def test_pasted_address_is_found(self):
        url = self.version._get_document()["verification"]["url"]

        response = self.url_open("/proforma/verify", params={"code": url})

        self.assertIn('data-state="current"', response.text)

    def test_incomplete_code_is_explained_and_not_counted(self):
        response = self.url_open("/proforma/verify", params={"code": "ABC"})

        self.assertEqual(response.status_code, 200)
        self.assertIn('data-state="incomplete"', response.text)
        self.assertFalse(self.env["proforma.verification.attempt"].search([]))

    def test_code_is_twelve_characters_that_are_not_mistaken(self):
        code = self.version.verification_code

        self.assertEqual(len(code), 12)
        self.assertLessEqual(set(code), set(CODE_ALPHABET))
        self.assertFalse(set("ILOU") & set(CODE_ALPHABET))

    def test_document_leads_to_its_page(self):
        verification = json.loads(self.version.snapshot)["verification"]

        self.assertEqual(
            verification,
            {
                "url": f"{self.order.get_base_url()}/proforma/verify/"
                f"{self.version.token}",
                "code": group_text(self.version.verification_code, 4, "-"),
            },
        )

    def test_each_version_has_secrets_of_its_own(self):
        self.order.action_proforma_revise()
        self.order.action_proforma_issue()
        first, second = self.order.proforma_version_ids

        self.assertNotEqual(first.token, second.token)
        self.assertNotEqual(first.verification_code, second.verification_code)

    def test_new_secrets_are_no_change_of_the_order(self):
        snapshots = self.env["proforma.snapshot"]

        self.assertNotIn(
            "verification", snapshots._get_comparable(self.version._get_document())
        )

    def test_version_without_code_is_not_found_by_an_empty_one(self):
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE proforma_version SET verification_code = NULL WHERE id = %s",
            [self.version.id],
        )
        self.env.invalidate_all()

        for reference in ("False", "None", "null", "-", "%00", "%25"):
            with self.subTest(reference):
                self.assertEqual(self._open(reference).status_code, 404)
        self.assertEqual(self._open(self.version.token).status_code, 200)

    # === WHO GUESSES === #

    def test_nothing_but_token_and_code_opens_the_page(self):
        for reference in (
            self.version.number.replace("/", "-"),
            self.version.number.rpartition("/")[2],
            str(self.version.id),
            str(self.order.id),
            self.order.access_token or self.order._portal_ensure_token(),
            self.version.token[:-1],
            self.version.token.swapcase(),
            self.version.snapshot_sha256,
            UNKNOWN_CODE,
        ):
            with self.subTest(reference):
                response = self._open(reference)
                self.assertEqual(response.status_code, 404)
                self.assertNotIn(self.version.number, response.text)

    def test_unknown_code_gets_the_page_of_the_same_shape(self):
        response = self._open(UNKNOWN_CODE)

        self.assertEqual(response.status_code, 404)
        self.assertIn('data-state="unknown"', response.text)
        self.assertIn('id="proforma_code"', response.text)

    def _fail(self, times):
        attempts = self.env["proforma.verification.attempt"]
        for _index in range(times):
            attempts._note_failure("127.0.0.1")

    def test_limit_is_reached_by_failures_alone(self):
        self._fail(VERIFICATION_LIMIT - 1)
        code = self.version.verification_code

        self.assertEqual(self._open(code).status_code, 200)
        self.assertEqual(self._open(UNKNOWN_CODE).status_code, 404)
        self.assertEqual(self._open(UNKNOWN_CODE).status_code, 429)

    def test_who_guessed_too_often_learns_of_no_code(self):
        self._fail(VERIFICATION_LIMIT)

        response = self._open(self.version.verification_code)

        self.assertEqual(response.status_code, 429)
        self.assertIn('data-state="limited"', response.text)
        self.assertIn(int(response.headers["Retry-After"]), range(1, 3601))
        self.assertNotIn(self.version.number, response.text)

    def test_qr_code_is_answered_however_many_codes_failed(self):
        self._fail(VERIFICATION_LIMIT)

        self.assertEqual(self._get_state(self.version), "current")

    def test_other_network_may_go_on(self):
        self._fail(VERIFICATION_LIMIT)
        attempts = self.env["proforma.verification.attempt"]

        self.assertTrue(attempts._is_limited("127.0.0.1"))
        self.assertFalse(attempts._is_limited("127.0.0.2"))

    def test_whole_ipv6_network_is_one(self):
        attempts = self.env["proforma.verification.attempt"]

        self.assertEqual(
            attempts._get_network_key("2001:db8::1"),
            attempts._get_network_key("2001:db8::ffff:1"),
        )
        self.assertNotEqual(
            attempts._get_network_key("2001:db8::1"),
            attempts._get_network_key("2001:db8:0:1::1"),
        )

    def test_next_hour_begins_anew(self):
        attempts = self.env["proforma.verification.attempt"]
        with freeze_time("2026-11-24 10:59:59"):
            self._fail(VERIFICATION_LIMIT)
            self.assertTrue(attempts._is_limited("127.0.0.1"))

        with freeze_time("2026-11-24 11:00:00"):
            self.assertFalse(attempts._is_limited("127.0.0.1"))

    def test_network_address_is_not_kept(self):
        self._open(UNKNOWN_CODE)
        self.env["proforma.verification.attempt"].flush_model()
        self.env.cr.execute("SELECT a::text FROM proforma_verification_attempt a")

        [[row]] = self.env.cr.fetchall()

        self.assertNotIn("127.0.0.1", row)

    def test_counted_failures_are_purged(self):
        self._fail(1)
        attempts = self.env["proforma.verification.attempt"]
        attempts.flush_model()
        self.env.cr.execute(
            "UPDATE proforma_verification_attempt"
            " SET create_date = create_date - interval '1 day',"
            " write_date = write_date - interval '1 day'"
        )

        attempts._transient_vacuum()

        self.assertFalse(attempts.search([]))

    def test_existing_and_unknown_ask_the_same_of_the_limit(self):
        with patch.object(
            ProformaVerificationAttempt,
            "_is_limited",
            autospec=True,
            side_effect=lambda *args: False,
        ) as is_limited:
            self._open(self.version.token)
            self._open(UNKNOWN_CODE)

        self.assertEqual(is_limited.call_count, 2)
