from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Show the instalments of open quotations, as those of new ones are."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    quotations = env["sale.order"].search(
        [
            ("proforma_state", "=", "none"),
            ("state", "in", ("draft", "sent")),
            ("proforma_deposit_plan_id", "!=", False),
        ]
    )
    for order in quotations:
        if order._has_proforma_schedule_preview():
            order._proforma_plan_deposits()
