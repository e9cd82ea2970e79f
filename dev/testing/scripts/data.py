# Runs in an Odoo shell: one issued pro forma, so that an upgrade has something to lose.
env.company.write({"street": "1 rue du Test", "city": "Paris", "vat": False})
partner = env["res.partner"].create(
    {
        "name": "Upgraded Customer",
        "email": "customer@example.com",
        "street": "2 rue du Test",
        "city": "Lyon",
        "zip": "69001",
        "country_id": env.ref("base.fr").id,
    }
)
product = env["product.product"].create({"name": "Upgraded Product", "list_price": 100})
order = env["sale.order"].create(
    {
        "partner_id": partner.id,
        "order_line": [(0, 0, {"product_id": product.id, "product_uom_qty": 3})],
    }
)
order.action_proforma_issue()
assert order.proforma_number, "not issued"
env.cr.commit()
print("DONE")
