from lxml import html

from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from odoo.addons.payment.tests.http_common import PaymentHttpCommon

from .common import ProformaPaymentCommon


@tagged("post_install", "-at_install")
class TestProformaVersionDifferences(ProformaPaymentCommon, PaymentHttpCommon):
    """What changed between two versions, as the customer and the seller read it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._create_deposit_proforma(user_id=cls.sale_user.id)
        cls._issue_second(cls.order)
        cls.url = f"/my/proformas/{cls.order.id}"
        cls.link = f"access_token={cls.order._portal_ensure_token()}"

    @classmethod
    def _issue_second(cls, order):
        """Issue a version with twelve pieces instead of ten, and with a service."""
        order.order_line.write({"product_uom_qty": 12, "price_unit": 100.0})
        order.order_line = [
            Command.create({"product_id": cls.service_product.id, "price_unit": 50.0})
        ]
        order.action_proforma_issue()

    def _get(self, suffix="/differences", query="", order=None):
        order = order or self.order
        return self.url_open(
            f"/my/proformas/{order.id}{suffix}"
            f"?access_token={order._portal_ensure_token()}{query}"
        )

    def _read(self, source):
        """Return the rows of the differences: texts of the cells, space apart."""
        tree = html.fromstring(source)
        [part] = tree.xpath("//div[contains(@class, 'o_proforma_differences')]")
        for label in part.xpath(".//span[contains(@class, 'd-md-none')]"):
            label.drop_tree()
        return [
            [" ".join(cell.text_content().split()) for cell in row]
            for row in part.xpath(".//tr")
        ]

    def _get_rows(self, **kwargs):
        return self._read(self._get(**kwargs).text)

    # === PORTAL === #

    def test_customer_reads_what_changed(self):
        self.authenticate(None, None)

        rows = self._get_rows()

        for row in (
            ["Changed Test Product"],
            ["Quantity", "10 Units", "12 Units"],
            ["Total", "$1,000.00", "$1,200.00"],
            ["Added Test Service Product"],
            ["Total excl. tax", "$1,000.00", "$1,250.00"],
            ["Tax 15%", "$200.00", "$240.00"],
            ["Total incl. tax", "$1,200.00", "$1,490.00"],
        ):
            self.assertIn(row, rows)
        # One tax needs no sum of the taxes.
        self.assertNotIn(["Taxes", "$200.00", "$240.00"], rows)

    def test_what_is_gone_is_struck_through_and_named(self):
        self.order.order_line[0].unlink()
        self.order.action_proforma_issue()
        self.authenticate(None, None)

        tree = html.fromstring(self._get().text)

        [badge] = tree.xpath("//span[contains(@class, 'badge')][.='Removed']")
        self.assertEqual(badge.getnext().tag, "del")
        self.assertEqual(badge.getnext().text, "Test Product")

    def test_customer_compares_any_two_of_his_versions(self):
        self.order.order_line[0].product_uom_qty = 15
        self.order.action_proforma_issue()
        self.authenticate(None, None)
        for query, row in (
            ("", ["Quantity", "12 Units", "15 Units"]),
            ("&from=1", ["Quantity", "10 Units", "15 Units"]),
            ("&from=1&to=2", ["Quantity", "10 Units", "12 Units"]),
            ("&to=2", ["Quantity", "10 Units", "12 Units"]),
            ("&from=3&to=1", ["Quantity", "10 Units", "15 Units"]),
        ):
            with self.subTest(query):
                self.assertIn(row, self._get_rows(query=query))

    def test_numbers_of_no_version_lead_to_the_page(self):
        self.authenticate(None, None)
        for query in ("&from=0", "&from=2", "&to=1", "&to=7", "&from=x", "&from=1;--"):
            with self.subTest(query):
                page = self._get(query=query)

                self.assertNotIn("/differences", page.url)
                self.assertIn("o_proforma_total", page.text)

    def test_single_version_leads_to_the_page_which_offers_no_comparison(self):
        order = self._create_proforma()
        self.authenticate(None, None)

        page = self._get(order=order)

        self.assertNotIn("/differences", page.url)
        self.assertNotIn("/differences", page.text)
        self.assertNotIn("o_proforma_versions", page.text)

    def test_page_leads_to_the_changes_and_to_all_versions(self):
        self.authenticate(None, None)

        tree = html.fromstring(self._get("").text)

        [link] = tree.xpath("//a[contains(@class, 'o_proforma_changes')]")
        self.assertIn("See what changed since version 1", link.text_content())
        self.assertIn(["Quantity", "10 Units", "12 Units"], self._follow(link))
        rows = tree.xpath(
            "//section[contains(@class, 'o_proforma_versions')]//tbody/tr"
        )
        totals = ["".join(row[2].text_content().split()) for row in rows]
        self.assertEqual(totals, ["$1,490.00", "$1,200.00"])

    def _follow(self, link):
        return self._read(self.url_open(link.get("href")).text)

    def test_french_reader_reads_french_amounts(self):
        self._speak_french()
        new_test_user(
            self.env,
            "marie",
            "base.group_portal",
            partner_id=self.customer.id,
            lang="fr_FR",
        )
        self.customer.lang = "fr_FR"
        self.authenticate("marie", "marie")
        self.opener.cookies["frontend_lang"] = "fr_FR"

        # The document stays English, the reader's numbers are his own.
        self.assertIn("1\xa0490,00", self._get().text)
        self.assertEqual(self.order.proforma_version_id.lang, "en_US")

    def test_currency_without_cents_has_none(self):
        yen = self.env.ref("base.JPY")
        yen.active = True
        pricelist = self.env["product.pricelist"].create(
            {"name": "Yen", "currency_id": yen.id}
        )
        order = self._create_proforma(pricelist_id=pricelist.id)
        self._issue_second(order)
        self.authenticate(None, None)

        self.assertIn(
            ["Total incl. tax", "¥1,200", "¥1,490"], self._get_rows(order=order)
        )

    def test_version_with_the_same_content_says_so(self):
        self.order.action_proforma_revise()
        self.order.action_proforma_issue()
        self.authenticate(None, None)

        self.assertIn("Nothing that is printed has changed.", self._get().text)

    def test_markup_in_a_line_is_shown_as_it_is(self):
        self.order.order_line[0].name = "<script>alert(1)</script>"
        self.order.action_proforma_issue()
        self.authenticate(None, None)

        page = self._get().text

        self.assertIn("&lt;script&gt;alert(1)", page)
        self.assertNotIn("<script>alert(1)", page)

    # === PDF OF EACH VERSION === #

    def test_customer_downloads_the_pdf_of_each_version(self):
        self.authenticate(None, None)
        for version in self.order.proforma_version_ids:
            with self.subTest(version.name):
                response = self._get(f"/versions/{version.version}/pdf")

                self.assertEqual(response.content, version.attachment_id.raw)

    def test_pdf_that_is_missing_is_explained(self):
        order = self._create_proforma_without_pdf()
        self._issue_second(order)
        self.authenticate(None, None)

        page = self._get("/versions/1/pdf", order=order)

        self.assertIn("The PDF is being prepared.", page.text)

    def test_only_the_current_version_counts_as_a_download(self):
        self.authenticate(None, None)

        self._get("/versions/1/pdf")
        before = self.order.proforma_event_ids.mapped("kind")
        self._get("/versions/2/pdf")

        self.assertNotIn("downloaded", before)
        self.assertIn("downloaded", self.order.proforma_event_ids.mapped("kind"))

    # === ACCESS === #

    def test_who_may_not_see_the_page_sees_no_versions(self):
        other = self._create_customer("Café Petit")
        new_test_user(self.env, "petit", "base.group_portal", partner_id=other.id)
        for login in (None, "petit"):
            self.authenticate(login, login)
            for suffix in ("/differences", "/versions/1/pdf", "/versions/2/pdf"):
                with self.subTest(suffix, login=login):
                    response = self.url_open(self.url + suffix)

                    self.assertEqual(response.status_code, 404)
                    self.assertNotIn(self.order.proforma_number, response.text)

    def test_link_opens_no_other_orders_version(self):
        other = self._create_proforma()
        self._issue_second(other)
        other.order_line[0].product_uom_qty = 3
        other.action_proforma_issue()
        self.authenticate(None, None)

        response = self.url_open(f"/my/proformas/{other.id}/differences?{self.link}")
        self.assertEqual(response.status_code, 404)
        self.assertEqual(self._get("/versions/3/pdf").status_code, 404)
        self.assertNotIn("/differences", self._get(query="&to=3").url)

    def test_portal_user_of_the_customer_needs_no_token(self):
        new_test_user(
            self.env, "marie", "base.group_portal", partner_id=self.customer.id
        )
        self.authenticate("marie", "marie")

        rows = self._read(self.url_open(f"{self.url}/differences").text)

        self.assertIn(["Quantity", "10 Units", "12 Units"], rows)

    # === BACK OFFICE === #

    def test_salesperson_and_accountant_read_the_changes(self):
        version = self.order.proforma_version_id
        for user in (
            self.sale_user,
            new_test_user(self.env, "clerk", "account.group_account_invoice"),
            new_test_user(self.env, "auditor", "account.group_account_readonly"),
        ):
            with self.subTest(user.login):
                self.env.invalidate_all()

                rows = self._read(version.with_user(user).differences)

                self.assertIn(["Quantity", "10 Units", "12 Units"], rows)

    def test_first_version_has_no_changes(self):
        first = self.order.proforma_version_ids.sorted("version")[0]

        self.assertFalse(first.with_user(self.sale_user).differences)

    def test_button_opens_the_changes_in_a_dialogue(self):
        version = self.order.proforma_version_id.with_user(self.sale_user)

        action = version.action_view_differences()
        view = version.get_view(action["views"][0][0], "form")

        self.assertEqual(action["target"], "new")
        self.assertIn('name="differences"', view["arch"])

    # === WORDS === #

    def _get_changes(self, old, new):
        """Return the blocks between two frozen documents by their title."""
        blocks = new._prepare_differences_values(old)["blocks"]
        return {block["title"]: block["items"] for block in blocks}

    def test_terms_parties_and_payments_are_told(self):
        old = self.order.proforma_version_id
        shop = self._create_customer(
            "Boutique Bellecour", parent_id=self.customer.id, type="delivery"
        )
        self.order.write(
            {
                "validity_date": "2030-01-31",
                "client_order_ref": "BC-118",
                "partner_shipping_id": shop.id,
                "note": "<p>Other terms</p>",
            }
        )
        self.order.order_line[0].price_unit = 90.0
        self.order.action_proforma_issue()
        new = self.order.proforma_version_id

        changes = self._get_changes(old, new)

        facts = {
            row["label"]: row["new"] for row in changes["Terms of the Offer"][0]["rows"]
        }
        self.assertEqual(
            facts, {"Valid until": ["01/31/2030"], "Your reference": ["BC-118"]}
        )
        [delivery] = changes["Addresses"][0]["rows"]
        self.assertEqual((delivery["old"], delivery["new"][0]), ([], shop.name))
        first, second = changes["Payments"][0]["rows"]
        self.assertEqual(first["label"], "Payment 1")
        self.assertEqual(
            (first["old"][1], first["new"][1]), ("30% · $447.00", "30% · $403.80")
        )
        self.assertEqual(
            new._prepare_differences_values(old)["notes"],
            ["The conditions changed. Read them in the PDF."],
        )

    def test_option_is_told_with_what_it_adds(self):
        version = self.order.proforma_version_id
        side = {"fmt": version._get_difference_formatter(version._get_document())}
        line = {
            "options": [
                {"name": "Colour", "value": "Graphite", "extra": "40.00"},
                {"name": "Lamp", "value": "None", "extra": "-5.00"},
                {"name": "Door", "value": "Left", "extra": ""},
            ]
        }

        self.assertEqual(
            version._get_line_text("options", line, side),
            ["Colour: Graphite (+40.00)", "Lamp: None (−5.00)", "Door: Left"],
        )

    def test_customers_taxes_decide_which_total_is_told(self):
        consumer = self._create_customer("Nadia Petit", is_company=False)
        order = self._create_proforma(partner_id=consumer.id)
        self._issue_second(order)
        self.authenticate(None, None)

        self.assertIn(["Total", "$1,200.00", "$1,440.00"], self._get_rows(order=order))
