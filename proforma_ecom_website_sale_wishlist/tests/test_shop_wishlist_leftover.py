from odoo.tests import tagged

from .common import WishlistCommon


@tagged("post_install", "-at_install")
class TestShopWishlistLeftover(WishlistCommon):
    """What a click on the wish list does not put into the cart."""

    @classmethod
    def _create_template(cls, create_variant, *names):
        attribute = cls.env["product.attribute"].create(
            {
                "name": "Kind",
                "create_variant": create_variant,
                "value_ids": [(0, 0, {"name": name}) for name in names],
            }
        )
        values = {"attribute_id": attribute.id, "value_ids": attribute.value_ids.ids}
        return cls.env["product.template"].create(
            {
                "name": "Lid",
                "list_price": 3.0,
                "is_published": True,
                "attribute_line_ids": [(0, 0, values)],
            }
        )

    def _ask_and_read_the_cart(self):
        self._ask_for_wishes(wishes=",".join(map(str, self.wishes.ids)))
        return self.url_open("/shop/cart").text

    def test_rest_is_in_the_cart_and_nothing_is_issued_unseen(self):
        self.cover.product_tmpl_id.sale_ok = False
        self._open_session("marie")

        page = self._ask_and_read_the_cart()

        self.assertIn("Not available now: Cover.", page)
        self.assertIn("What else is on your wish list is in your cart", page)
        self.assertEqual(self._get_cart().website_order_line.product_id, self.product)
        self.assertFalse(self._get_proformas())

    def test_second_click_does_not_put_the_rest_there_twice(self):
        self.cover.product_tmpl_id.sale_ok = False
        self._open_session("marie")
        self._ask_and_read_the_cart()

        self._ask_and_read_the_cart()

        self.assertEqual(self._get_cart().website_order_line.product_uom_qty, 1.0)

    def test_what_left_the_shop_since_he_looked_is_named(self):
        self.website.prevent_zero_price_sale = True
        for values in (
            {"is_published": False},
            {"active": False},
            {"list_price": 0.0},
        ):
            with self.subTest(values):
                template = self.cover.product_tmpl_id
                before = {name: template[name] for name in values}
                template.write(values)
                self._open_session("marie")

                page = self._ask_and_read_the_cart()

                self.assertIn("Not available now: Cover.", page)
                template.write(before)

    def test_product_of_another_company_is_named_too(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.cover.product_tmpl_id.company_id = other
        self._open_session("marie")

        page = self._ask_and_read_the_cart()

        self.assertIn("Not available now: Cover.", page)
        self.assertEqual(self._get_cart().website_order_line.product_id, self.product)

    def test_what_is_out_of_stock_is_named(self):
        template = self.cover.product_tmpl_id
        if "allow_out_of_stock_order" not in template._fields:
            self.skipTest("The shop knows no stock here.")
        template.write({"is_storable": True, "allow_out_of_stock_order": False})
        self._open_session("marie")

        page = self._ask_and_read_the_cart()

        self.assertIn("Not available now: Cover.", page)
        self.assertEqual(self._get_cart().website_order_line.product_id, self.product)

    def test_what_is_left_only_invisibly_on_the_list_bars_nothing(self):
        self.cover.product_tmpl_id.is_published = False
        self._open_session("marie")

        self._ask_for_wishes(wishes=str(self.wishes[0].id))

        lines = self._get_proformas().website_order_line
        self.assertEqual(lines.product_id, self.product)

    def test_variant_that_is_gone_is_not_replaced_by_another(self):
        template = self._create_template("always", "Small", "Medium")
        small, _medium = template.product_variant_ids
        self.wishes |= self._wish(small)
        small.product_template_attribute_value_ids.ptav_active = False
        self._open_session("marie")

        page = self._ask_and_read_the_cart()

        self.assertIn("Not available now: Lid", page)
        self.assertEqual(
            self._get_cart().website_order_line.product_id, self.product | self.cover
        )

    def test_what_has_to_be_chosen_is_named(self):
        template = self._create_template("no_variant", "Red", "Blue")
        self.wishes |= self._wish(template.product_variant_id)
        self._open_session("marie")

        page = self._ask_and_read_the_cart()

        self.assertIn("page of the product first: Lid.", page)
        self.assertEqual(
            self._get_cart().website_order_line.product_id, self.product | self.cover
        )

    def test_what_has_no_pro_forma_does_not_spoil_the_cart(self):
        self.cover.product_tmpl_id.proforma_policy = "never"
        self._open_session("marie")

        page = self._ask_and_read_the_cart()

        self.assertIn("in a cart of their own: Cover.", page)
        self.assertIn("o_proforma_get", page)
        self.assertNotIn("o_proforma_refusal", page)

    def test_nothing_is_said_of_a_rest_that_is_not_there(self):
        (self.product | self.cover).product_tmpl_id.sale_ok = False
        self._open_session("marie")

        page = self._ask_and_read_the_cart()

        self.assertIn("Not available now", page)
        self.assertNotIn("What else is on your wish list", page)
