"""What the addons cost where they are not used: creating orders."""

NAME = "creating 1,000 orders with the addons installed / without"
TARGET = 1.05
REPEATS = 7
PEER_DATABASE = "core"
ORDERS, LINES = 1000, 3


def prepare(env):
    partner = env["res.partner"].create({"name": "Benchmark Customer"})
    products = env["product.product"].create(
        [{"name": f"Product {n}", "list_price": 10 + n} for n in range(LINES)]
    )
    env.cr.commit()
    return partner.id, products.ids


def ours(env, state):
    partner, products = state
    env["sale.order"].create(
        [
            {
                "partner_id": partner,
                "order_line": [
                    (0, 0, {"product_id": product, "product_uom_qty": 2})
                    for product in products
                ],
            }
            for _number in range(ORDERS)
        ]
    )
    env.flush_all()


peer = ours  # The same script; only the installed addons differ.
