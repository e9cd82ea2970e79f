import base64
import os

from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import ProformaCommon
from .pdf_files import find_pages, make_empty_pdf, make_pdf


@tagged("post_install", "-at_install")
class TestProformaTerms(ProformaCommon):
    def _set_terms(self, record, content):
        record.write(
            {
                "proforma_terms_pdf": base64.b64encode(content),
                "proforma_terms_pdf_name": "terms.pdf",
            }
        )

    def _get_terms(self, order):
        """Return which of the terms the PDF of the order has."""
        content = order.proforma_version_id.sudo().attachment_id.raw
        texts = ("Company terms", "Template terms", "Other terms")
        pages = find_pages(content, *texts)
        return [text for text, page in zip(texts, pages, strict=True) if page]

    def _assert_refused(self, content, word):
        with (
            self.assertRaisesRegex(ValidationError, word),
            mute_logger("PyPDF2._reader"),
        ):
            self._set_terms(self.env.company, content)

    def test_protected_file_is_refused(self):
        self._assert_refused(make_pdf("Terms", password="secret"), "protected")

    def test_damaged_file_is_refused(self):
        content = make_pdf("Terms")

        self._assert_refused(content[: len(content) // 2], "damaged")

    def test_file_that_is_no_pdf_is_refused(self):
        self._assert_refused(b"Our terms of sale: ...", "are not a PDF")

    def test_file_without_a_page_is_refused(self):
        self._assert_refused(make_empty_pdf(), "no page")

    def test_file_that_is_too_large_is_refused(self):
        picture = {"picture.raw": os.urandom(10 * 1024**2)}

        self._assert_refused(make_pdf("Terms", embedded=picture), "10 MB is the limit")

    def test_refusal_names_the_file(self):
        self._assert_refused(b"Hello", r"\(terms\.pdf\)")

    def test_template_refuses_what_the_company_refuses(self):
        template = self.env["sale.order.template"].create({"name": "Kitchen"})

        with self.assertRaises(ValidationError):
            self._set_terms(template, b"Hello")

    def test_terms_can_be_taken_away(self):
        self._set_terms(self.env.company, make_pdf("Company terms"))
        self.env.company.proforma_terms_pdf = False

        self.assertEqual(self._get_terms(self._create_proforma()), [])

    def test_terms_of_the_company_are_used(self):
        self._set_terms(self.env.company, make_pdf("Company terms"))

        self.assertEqual(self._get_terms(self._create_proforma()), ["Company terms"])

    def test_template_goes_before_the_company(self):
        self._set_terms(self.env.company, make_pdf("Company terms"))
        template = self.env["sale.order.template"].create({"name": "Kitchen"})
        self._set_terms(template, make_pdf("Template terms"))

        order = self._create_proforma(sale_order_template_id=template.id)

        self.assertEqual(self._get_terms(order), ["Template terms"])

    def test_template_without_terms_leaves_those_of_the_company(self):
        self._set_terms(self.env.company, make_pdf("Company terms"))
        template = self.env["sale.order.template"].create({"name": "Kitchen"})

        order = self._create_proforma(sale_order_template_id=template.id)

        self.assertEqual(self._get_terms(order), ["Company terms"])

    def test_terms_of_another_company_are_not_used(self):
        second = self.env["res.company"].create({"name": "Second"})
        self._set_terms(second, make_pdf("Other terms"))

        self.assertEqual(self._get_terms(self._create_proforma()), [])

    def test_order_of_a_second_company_has_the_terms_of_that_one(self):
        self._set_terms(self.env.company, make_pdf("Company terms"))
        second = self.env["res.company"].create({"name": "Second"})
        self._set_terms(second, make_pdf("Other terms"))

        order = self._create_proforma(company_id=second.id)

        self.assertEqual(self._get_terms(order), ["Other terms"])

    def test_template_of_another_company_is_passed_over(self):
        self._set_terms(self.env.company, make_pdf("Company terms"))
        template = self.env["sale.order.template"].create({"name": "Kitchen"})
        self._set_terms(template, make_pdf("Other terms"))
        order = self._create_order(sale_order_template_id=template.id)
        template.company_id = self.env["res.company"].create({"name": "Second"})

        order.action_proforma_issue()

        self.assertEqual(self._get_terms(order), ["Company terms"])

    def test_settings_open_the_terms_of_their_company(self):
        settings = self.env["res.config.settings"].create({})

        action = settings.action_open_proforma_terms()

        self.assertEqual(action["res_model"], "res.company")
        self.assertEqual(action["res_id"], self.env.company.id)
