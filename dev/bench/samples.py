"""Pro formas that several rows measure, made as a user makes them."""

# Core's own pro forma: the report that ours stands in for.
REPORT = "sale.action_report_pro_forma_invoice"


def create_orders(env, count=1, lines=3, **values):
    """Create quotations of a complete customer, with or without our addons."""
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
    name = "Benchmark 20 %"
    taxes = env["account.tax"]
    tax = taxes.search([("name", "=", name)]) or taxes.create(
        {"name": name, "amount": 20}
    )
    products = env["product.product"].create(
        [
            {"name": f"Product {n}", "list_price": 10 + n, "taxes_id": tax.ids}
            for n in range(lines)
        ]
    )
    commands = [(0, 0, {"product_id": product.id}) for product in products]
    return env["sale.order"].create(
        [
            {"partner_id": partner.id, "order_line": commands, **values}
            for _number in range(count)
        ]
    )


def create_proformas(env, count=1, lines=3, **values):
    """Issue orders of a complete customer; return them."""
    orders = create_orders(env, count, lines, **values)
    orders.action_proforma_issue()
    return orders


def render_ours(env, order_id):
    """Render our PDF anew; nothing of an earlier rendering is used."""
    content = env["sale.order"].browse(order_id).proforma_version_id._render_pdf()
    assert content.startswith(b"%PDF"), "no PDF"


def render_core(env, order_id):
    """Render core's PDF of the same order."""
    reports = env["ir.actions.report"].with_context(force_report_rendering=True)
    content, _kind = reports._render_qweb_pdf(REPORT, [order_id])
    assert content.startswith(b"%PDF"), "no PDF"
