from odoo.tests import tagged

from .common import ShopProformaCommon


@tagged("post_install", "-at_install")
class TestProductPolicy(ShopProformaCommon):
    """Of which products there are pro formas, and which are sold by them only."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        categories = cls.env["product.public.category"]
        cls.above = categories.create({"name": "Machines"})
        cls.category = categories.create({"name": "Ovens", "parent_id": cls.above.id})
        cls.other = categories.create({"name": "Tools"})
        cls.template = cls.product.product_tmpl_id
        cls.template.public_categ_ids = cls.category

    def test_nearest_category_decides(self):
        self.above.proforma_policy = "never"
        self.assertEqual(self.template._get_proforma_policy(), "never")

        self.category.proforma_policy = "allowed"

        self.assertEqual(self.template._get_proforma_policy(), "allowed")

    def test_product_goes_before_its_categories(self):
        self.category.proforma_policy = "only"
        self.template.proforma_policy = "never"

        self.assertEqual(self.template._get_proforma_policy(), "never")

    def test_of_several_categories_the_strongest_holds(self):
        self.template.public_categ_ids |= self.other
        self.category.proforma_policy = "never"
        self.other.proforma_policy = "only"

        self.assertEqual(self.template._get_proforma_policy(), "only")

    def test_product_without_pro_forma_is_named(self):
        self.template.write({"proforma_policy": "never", "name": "Gift card"})
        cart = self._create_cart(self.buyer.partner_id)

        self.assertIn("Gift card", cart._get_proforma_refusal()["text"])

    def test_categories_of_the_website_include_those_below(self):
        self.website.proforma_category_ids = self.above
        cart = self._create_cart(self.buyer.partner_id)
        self.assertFalse(cart._get_proforma_refusal())

        self.website.proforma_category_ids = self.other

        self.assertTrue(cart._get_proforma_refusal())

    def test_product_goes_before_the_categories_of_the_website(self):
        self.website.proforma_category_ids = self.other
        self.template.proforma_policy = "only"
        cart = self._create_cart(self.buyer.partner_id)

        self.assertFalse(cart._get_proforma_refusal())
        self.assertTrue(cart._has_proforma_only_products())

    def test_website_without_pro_formas_sells_all_in_its_checkout(self):
        self.template.proforma_policy = "only"
        self.website.proforma_enabled = False
        cart = self._create_cart(self.buyer.partner_id)

        self.assertFalse(cart._has_proforma_only_products())
