from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Propose on open quotations what a new one gets; pro formas keep what was sent."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    quotations = env["sale.order"].search(
        [("proforma_state", "=", "none"), ("state", "in", ("draft", "sent"))]
    )
    for fname in (
        "proforma_layout_id",
        "proforma_delivery_cost",
        "proforma_delivery_time",
    ):
        env.add_to_compute(quotations._fields[fname], quotations)
    quotations.flush_recordset()
