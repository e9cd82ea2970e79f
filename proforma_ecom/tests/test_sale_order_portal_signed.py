from odoo.tests import HttpCase, new_test_user, tagged

from .common import SIGNATURE, ProformaCommon


@tagged("post_install", "-at_install")
class TestSaleOrderPortalSigned(ProformaCommon, HttpCase):
    """The signed copy on the portal and in the back office."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._create_proforma()
        cls.url = f"/my/proformas/{cls.order.id}"
        cls.link = f"access_token={cls.order._portal_ensure_token()}"

    def _accept(self):
        return self.make_jsonrpc_request(
            f"{self.url}/accept?{self.link}",
            {"name": "Marie Martin", "signature": SIGNATURE},
        )

    def _open_signed(self, link=""):
        return self.url_open(f"{self.url}/signed?{link}")

    def test_signed_copy_is_the_stored_file(self):
        self._sign(self.order)
        self.authenticate(None, None)

        response = self._open_signed(self.link)

        self.assertEqual(
            response.content,
            self.order.proforma_version_id.sudo().signed_attachment_id.raw,
        )

    def test_page_leads_to_the_signed_copy_once_there_is_one(self):
        self.authenticate(None, None)
        before = self.url_open(f"{self.url}?{self.link}").text
        self._sign(self.order)

        after = self.url_open(f"{self.url}?{self.link}").text

        self.assertNotIn(f"{self.url}/signed", before)
        self.assertIn(f"{self.url}/signed", after)

    def test_without_signed_copy_the_page_says_so(self):
        self.authenticate(None, None)

        response = self._open_signed(self.link)

        self.assertIn("message=no_pdf", response.url)

    def test_portal_user_of_another_customer_gets_nothing(self):
        self._sign(self.order)
        new_test_user(self.env, "stranger", "base.group_portal")
        self.authenticate("stranger", "stranger")

        for link in ("", "access_token=wrong"):
            with self.subTest(link):
                response = self._open_signed(link)
                self.assertEqual(response.status_code, 404)
                self.assertNotIn(b"%PDF", response.content)

    def test_link_to_the_stored_file_opens_nothing_to_another_customer(self):
        self._sign(self.order)
        attachment = self.order.proforma_version_id.sudo().signed_attachment_id
        new_test_user(self.env, "stranger", "base.group_portal")
        self.authenticate("stranger", "stranger")

        response = self.url_open(f"/web/content/{attachment.id}")

        self.assertEqual(response.status_code, 404)

    def test_address_of_who_signs_comes_from_the_connection(self):
        self.authenticate(None, None)

        self._accept()

        signature = self.order.proforma_version_id._get_signature()
        self.assertEqual(signature["address"], "127.0.0.0/24")
        self.assertEqual(signature["name"], "Marie Martin")

    def test_second_click_leaves_one_signed_copy(self):
        self.authenticate(None, None)
        self._accept()
        before = self.order.proforma_version_id.signed_attachment_id

        answer = self._accept()

        self.assertIn("redirect_url", answer)
        self.assertEqual(self.order.proforma_version_id.signed_attachment_id, before)

    def test_salesperson_downloads_it_from_the_version(self):
        user = new_test_user(
            self.env, "seller", "sales_team.group_sale_salesman_all_leads"
        )
        self._sign(self.order)
        version = self.order.proforma_version_id.with_user(user)

        action = version.action_download_signed_pdf()
        self.authenticate("seller", "seller")
        response = self.url_open(action["url"])

        self.assertTrue(response.content.startswith(b"%PDF"))
