"""The PDF of a pro forma, rendered for the first time."""

NAME = "first rendering of a pro forma PDF / core's pro forma PDF of the same order"
TARGET = 0.15
REPEATS = 9
PEER_DATABASE = "all"
REPORT = "sale.action_report_pro_forma_invoice"


def prepare(env):
    country = env.ref("base.fr").id
    address = {"street": "1 rue du Banc", "city": "Lyon", "zip": "69001"}
    env.company.partner_id.write({**address, "country_id": country})
    partner = env["res.partner"].create(
        {
            "name": "Benchmark Customer",
            "email": "customer@example.com",
            "country_id": country,
            **address,
        }
    )
    products = env["product.product"].create(
        [{"name": f"Product {n}", "list_price": 10 + n} for n in range(3)]
    )
    lines = [(0, 0, {"product_id": product.id}) for product in products]
    order = env["sale.order"].create({"partner_id": partner.id, "order_line": lines})
    order.action_proforma_issue()
    env.cr.commit()
    return order.id


def ours(env, state):
    content = env["sale.order"].browse(state).proforma_version_id._render_pdf()
    assert content.startswith(b"%PDF"), "no PDF"


def peer(env, state):
    reports = env["ir.actions.report"].with_context(force_report_rendering=True)
    content, _kind = reports._render_qweb_pdf(REPORT, [state])
    assert content.startswith(b"%PDF"), "no PDF"
