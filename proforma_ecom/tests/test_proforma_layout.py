import base64

from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged, users

from ..const import PROFORMA_DESIGNS
from ..reports.labels import Labels, document_labels
from .common import ProformaCommon

# A picture of one pixel.
PIXEL = base64.b64encode(
    base64.b64decode(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJ"
        "RU5ErkJggg=="
    )
)


@tagged("post_install", "-at_install")
class TestProformaLayout(ProformaCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.layout = cls.env["proforma.layout"].create({"name": "Own"})

    def _get_document(self, order):
        return order.sudo().proforma_version_id._get_document()

    # === CHOICE === #

    def test_most_specific_layout_is_taken(self):
        template = self.env["sale.order.template"].create({"name": "Fair"})
        layouts = [
            self.env["proforma.layout"].create({"name": name})
            for name in ("template", "customer", "company")
        ]
        places = [template, self.customer, self.env.company]
        for place, layout in zip(places, layouts, strict=True):
            place.proforma_layout_id = layout

        order = self._create_order(sale_order_template_id=template.id)

        for place, layout in zip(places, layouts, strict=True):
            with self.subTest(layout.name):
                self.assertEqual(order.proforma_layout_id, layout)
            place.proforma_layout_id = False
            order._compute_proforma_layout_id()
        self.assertFalse(order.proforma_layout_id)

    def test_layout_of_another_company_is_passed_over(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.layout.company_id = other
        self.customer.proforma_layout_id = self.layout

        self.assertFalse(self._create_order().proforma_layout_id)

    def test_chosen_layout_of_an_issued_proforma_means_a_revision(self):
        order = self._create_proforma()

        order.proforma_layout_id = self.layout

        self.assertEqual(order.proforma_state, "revising")

    def test_changed_layout_changes_no_document(self):
        order = self._create_proforma(proforma_layout_id=self.layout.id)
        before = self._get_document(order)

        self.layout.write({"design": "modern", "message_before": "<p>Hello</p>"})
        order.client_order_ref = order.client_order_ref

        self.assertEqual(order.proforma_state, "issued")
        self.assertEqual(self._get_document(order), before)

    @users("salesman")
    def test_salesman_may_not_change_a_layout(self):
        self.assertFalse(self.layout.with_env(self.env).has_access("write"))
        self.assertTrue(self.layout.with_env(self.env).has_access("read"))

    # === CONTENT === #

    def test_title_follows_the_layout_and_the_language(self):
        self._speak_french()
        self.customer.lang = "fr_FR"
        for title, expected in (
            ("proforma", "Facture pro forma"),
            ("quotation", "Devis"),
            ("own", "Offre ferme"),
        ):
            with self.subTest(title):
                self.layout.write({"title": title, "title_text": "Offre ferme"})
                order = self._create_proforma(proforma_layout_id=self.layout.id)
                heading = self._get_document(order)["document"]
                self.assertEqual(heading["title"], expected)

    def test_colour_font_and_logo_of_the_layout_go_before_those_of_the_company(self):
        self.layout.write({"primary_color": "#123456", "font": "Roboto", "logo": PIXEL})

        order = self._create_proforma(proforma_layout_id=self.layout.id)

        issuer = self._get_document(order)["issuer"]
        self.assertEqual(issuer["primary_color"], "#123456")
        self.assertEqual(issuer["font"], "Roboto")
        self.assertEqual(
            base64.b64decode(order.sudo().proforma_version_id.logo),
            base64.b64decode(self.layout.logo),
        )

    def test_words_of_the_total_are_printed_by_choice(self):
        order = self._create_proforma(proforma_layout_id=self.layout.id)
        self.assertEqual(self._get_document(order)["totals"]["words"], "")

        self.layout.show_words = True
        order.action_proforma_revise()
        order.action_proforma_issue()

        self.assertIn("one thousand", self._get_document(order)["totals"]["words"])

    def test_second_language_has_every_label(self):
        self._speak_french()
        self.layout.second_lang = "fr_FR"

        order = self._create_proforma(proforma_layout_id=self.layout.id)

        second = self._get_document(order)["second"]
        self.assertEqual(second["title"], "Facture pro forma")
        self.assertEqual(second["labels"].keys(), document_labels(self.env).keys())
        self.assertEqual(second["labels"]["valid_until"], "Valable jusqu’au")

    def test_second_language_is_left_out_if_it_is_the_customers(self):
        self._speak_french()
        self.layout.second_lang = "fr_FR"
        self.customer.lang = "fr_FR"

        order = self._create_proforma(proforma_layout_id=self.layout.id)

        self.assertIsNone(self._get_document(order)["second"])

    def test_label_that_is_the_same_twice_is_printed_once(self):
        label = Labels({"total": "Total"}, {"total": "Total"})

        self.assertEqual(label("total"), "Total")

    def test_pictures_are_printed_if_every_product_of_the_section_has_one(self):
        self.layout.show_picture = True
        self.product.image_1920 = PIXEL

        order = self._create_proforma(proforma_layout_id=self.layout.id)

        [line] = self._get_document(order)["lines"]
        pictures = order.sudo().proforma_version_id._get_pictures()
        self.assertEqual(list(pictures), [line["picture"]])

    def test_section_with_a_product_without_picture_shows_none(self):
        self.layout.show_picture = True
        self.product.image_1920 = PIXEL
        bare = self.env["product.product"].create({"name": "Bare"})
        section = {"display_type": "line_section", "name": "Oven"}

        order = self._create_proforma(
            proforma_layout_id=self.layout.id,
            order_line=[
                Command.create(values)
                for values in (
                    {"product_id": self.product.id, "price_unit": 100},
                    section,
                    {"product_id": self.product.id, "price_unit": 100},
                    {"product_id": bare.id, "price_unit": 100},
                )
            ],
        )

        lines = self._get_document(order)["lines"]
        self.assertEqual([bool(line.get("picture")) for line in lines], [1, 0, 0, 0])

    def test_service_without_picture_takes_none_away(self):
        self.layout.show_picture = True
        self.product.image_1920 = PIXEL
        fitting = self.env["product.product"].create(
            {"name": "Fitting", "type": "service"}
        )

        order = self._create_proforma(
            proforma_layout_id=self.layout.id,
            order_line=[
                Command.create({"product_id": product.id, "price_unit": 100})
                for product in (self.product, fitting)
            ],
        )

        lines = self._get_document(order)["lines"]
        self.assertEqual([bool(line.get("picture")) for line in lines], [1, 0])

    def test_discount_on_the_whole_takes_no_picture_away(self):
        self.layout.show_picture = True
        self.product.image_1920 = PIXEL
        order = self._create_proforma(proforma_layout_id=self.layout.id)
        order.action_proforma_revise()
        self.env["sale.order.discount"].create(
            {
                "sale_order_id": order.id,
                "discount_type": "amount",
                "discount_amount": 10.0,
            }
        ).action_apply_discount()

        order.action_proforma_issue()

        lines = self._get_document(order)["lines"]
        self.assertEqual([bool(line.get("picture")) for line in lines], [1, 0])

    def test_version_keeps_its_pictures(self):
        self.layout.show_picture = True
        self.product.image_1920 = PIXEL
        version = (
            self._create_proforma(proforma_layout_id=self.layout.id)
            .sudo()
            .proforma_version_id
        )
        before = version._get_pictures()

        self.product.image_1920 = False

        self.assertEqual(version._get_pictures(), before)

    # === SETTINGS === #

    def test_wrong_values_are_refused(self):
        for values in (
            {"primary_color": "reddish"},
            {"title": "own", "title_text": " "},
            {"margin_top": 200},
        ):
            with self.subTest(values), self.assertRaises(ValidationError):
                self.layout.write(values)

    def test_preview_follows_the_form(self):
        for design, _label in PROFORMA_DESIGNS:
            with self.subTest(design), Form(self.layout) as form:
                form.design = design
                self.assertIn(f"pf-{design}", form.preview)

    def test_preview_shows_the_logo_though_the_client_asks_for_sizes(self):
        self.env.company.logo = PIXEL

        [values] = self.layout.with_context(bin_size=True).web_read({"preview": {}})

        self.assertIn("pf-logo", values["preview"])
