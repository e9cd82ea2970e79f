"""The cart of the shop, with the addons installed and without."""

from dev.bench.visitor import Visitor

NAME = "pages of the shop's cart with the addons installed / without"
TARGET = 1.05
REPEATS = 3
STARTS = 16  # The layout of a process makes several percent.
VISITS = 8  # One is short beside the noise of a machine.
PEER_DATABASE = "core"
NEEDS = "proforma_ecom_website_sale"
PRODUCTS = 3


def prepare(env):
    """A visitor with a cart."""
    products = env["product.product"].create(
        [
            {"name": f"Product {n}", "list_price": 10 + n, "website_published": True}
            for n in range(PRODUCTS)
        ]
    )
    env.cr.commit()
    visitor = Visitor()
    visitor.get("/shop")
    for product in products:
        visitor.call(
            "/shop/cart/add",
            product_template_id=product.product_tmpl_id.id,
            product_id=product.id,
        )
    return visitor


def ours(env, visitor):
    for _visit in range(VISITS):
        assert "Product 2" in visitor.get("/shop/cart"), "not the cart"


peer = ours  # The same visit; only the installed addons differ.


def note(env, visitor):
    return f"{visitor.queries} queries"
