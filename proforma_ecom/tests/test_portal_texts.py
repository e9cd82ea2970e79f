from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import SIGNATURE
from .common_routes import ProformaRoutesCommon

# Each form with a text: which state the pro forma is in, the field of the text, and
# what else is sent.
FORMS = {
    "/decline": ("issued", "comment", {}),
    "/question": ("issued", "question", {}),
    "/lines/%(line)s/question": ("issued", "question", {}),
    "/change": ("issued", "message", {"action": "send", "qty_%(line)s": "9"}),
    "/offer": ("issued", "message", {"amount": "1100"}),
    "/renew": ("expired", "message", {}),
    "/answer": ("expired", "remark", {"reason": "%(reason)s"}),
    "/feedback": ("declined", "remark", {"rate": "4"}),
}

# Forms in which nothing is written, but the forms of core with the texts of ours.
WITHOUT_TEXT = {
    *("", "/differences", "/interested", "/pay", "/pdf", "/reminders", "/sign"),
    *("/signed", "/terms", "/requests/1/withdraw", "/versions/1/pdf"),
}

LONG = "x" * 10_000_000
MARK = "<img src=x onerror=alert(1)>"
HTML = f"{MARK}<script>alert(1)</script></textarea>\"'><b onclick=alert(2)>bold</b>"
NUL = "before\0after"


@tagged("post_install", "-at_install")
class TestPortalTexts(ProformaRoutesCommon):
    """Whatever is written into the texts of the forms: a sentence, no more."""

    def setUp(self):
        super().setUp()
        self.url = f"/my/proformas/{self.order.id}"
        self.reason = self.env.ref("proforma_ecom.decline_reason_price")
        self.last_mail = self.env["mail.mail"].search([], limit=1, order="id desc").id

    def _bring_into(self, state):
        if state == "expired":
            self.order._set_proforma_expired()
        elif state == "declined":
            self.order._proforma_decline()

    def _write(self, form, text):
        """Send a form with a text; return the page that follows."""
        state, field, fields = FORMS[form]
        self._bring_into(state)
        before = self._get_digest()
        ids = {"line": self.order.order_line[0].id, "reason": self.reason.id}
        sent = {name % ids: value % ids for name, value in fields.items()}
        response = self._post(
            self.url + form % ids, token="own", **{"message": "", **sent, field: text}
        )
        return response, before

    def _get_records(self):
        """Return what other people read of it: the chatter and the e-mails."""
        self.env.invalidate_all()
        mails = self.env["mail.mail"].search([("id", ">", self.last_mail or 0)])
        bodies = [*self.order.sudo().message_ids.mapped("body")]
        return "\n".join(str(body) for body in [*bodies, *mails.mapped("body_html")])

    def assertHarmless(self, text):
        for evil in (MARK, "<script>alert", "<b onclick"):
            self.assertNotIn(evil, text)

    def test_every_form_is_in_the_table(self):
        line_id = self.order.order_line[0].id
        suffixes = {form % {"line": line_id} for form in FORMS}
        posted = {self._get_suffix(a) for a in self._get_routes("http", "POST")}

        self.assertEqual(posted - suffixes, WITHOUT_TEXT)

    def test_ten_megabytes_are_refused_in_words(self):
        for form in FORMS:
            with self.subTest(form), self._rolled_back():
                response, before = self._write(form, LONG)

                self.assertEqual(response.status_code, 200)
                self.assertIn("alert-danger", response.text)
                self.assertLess(len(response.text), 1_000_000)
                self.assertEqual(self._get_digest()[:1], before[:1])
                self.assertNotIn("xxxxxxxxxx", self._get_records())

    def test_html_is_text_on_the_page_in_the_chatter_and_in_mails(self):
        for form in FORMS:
            with self.subTest(form), self._rolled_back():
                response, before = self._write(form, HTML)
                page = self._visit(self.url, token="own")

                self.assertEqual(response.status_code, 200)
                self.assertNotEqual(self._get_digest(), before)
                self.assertHarmless(response.text)
                self.assertHarmless(page.text)
                self.assertHarmless(self._get_records())

    def test_nul_breaks_nothing(self):
        for form in FORMS:
            with self.subTest(form), self._rolled_back():
                response, before = self._write(form, NUL)

                self.assertEqual(response.status_code, 200)
                self.assertNotEqual(self._get_digest(), before)
                self.assertNotIn("\0", self._get_records())

    def test_file_in_the_place_of_a_text_breaks_nothing(self):
        for form, (state, field, _fields) in FORMS.items():
            for name in (field, "version_id", "amount", "reason", "rate"):
                for action in ("send", "preview"):
                    with self.subTest(form, name=name), self._rolled_back():
                        self._bring_into(state)
                        response = self._post_file(form, name, action)

                        self.assertLess(response.status_code, 500)

    def _post_file(self, form, name, action):
        ids = {"line": self.order.order_line[0].id}
        self.authenticate(None, None)
        fields = {
            "csrf_token": self._get_csrf_token(),
            **self._prepare_form(),
            "access_token": self.tokens["own"],
            "action": action,
        }
        fields.pop(name, None)
        file = ("evil.html", HTML.encode(), "text/html")
        return self.url_open(self.url + form % ids, data=fields, files={name: file})

    # === THE SIGNATURE === #

    def _sign_with(self, name, signature=SIGNATURE):
        return self._call(
            f"{self.url}/accept",
            token="own",
            version=self.order.proforma_version_id,
            name=name,
            signature=signature,
        )

    @mute_logger("odoo.http")
    def test_name_of_ten_megabytes_does_not_sign(self):
        before = self._get_digest()

        response = self._sign_with(LONG)

        self.assertIn("error", response.json()["result"])
        self.assertEqual(self._get_digest(), before)

    @mute_logger("odoo.http")
    def test_name_with_html_is_text(self):
        self._sign_with(HTML[:60])

        page = self._visit(self.url, token="own")
        self.assertHarmless(page.text)
        self.assertHarmless(self._get_records())

    @mute_logger("odoo.http")
    def test_name_with_nul_breaks_nothing(self):
        response = self._sign_with(NUL)

        self.assertIn("result", response.json())
        self.assertNotIn("\0", self.order.signed_by or "")

    @mute_logger("odoo.http")
    def test_signature_that_is_no_picture_does_not_sign(self):
        before = self._get_digest()
        for signature in (LONG, HTML, NUL, "x", "é", [], {}, 1, None, True, "A" * 4001):
            with self.subTest(str(signature)[:20]), self._rolled_back():
                response = self._sign_with("Marie", signature)

                self.assertIn("error", response.json()["result"])
                self.assertEqual(self._get_digest(), before)
