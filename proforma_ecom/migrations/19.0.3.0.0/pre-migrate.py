from odoo.tools.sql import column_exists, create_column


def migrate(cr, version):
    """Plans and deposits that are there keep being invoiced when they are due; new ones
    are invoiced when they are paid.
    """
    if not column_exists(cr, "proforma_deposit_plan", "invoice_on"):
        create_column(cr, "proforma_deposit_plan", "invoice_on", "varchar")
        cr.execute("UPDATE proforma_deposit_plan SET invoice_on = 'due'")
    if not column_exists(cr, "proforma_deposit", "invoice_on"):
        create_column(cr, "proforma_deposit", "invoice_on", "varchar")
        cr.execute("UPDATE proforma_deposit SET invoice_on = 'due'")
    if not column_exists(cr, "proforma_deposit", "asked_on"):
        # Nobody is asked again for what was due before.
        create_column(cr, "proforma_deposit", "asked_on", "date")
        cr.execute(
            "UPDATE proforma_deposit SET asked_on = COALESCE(due_date, CURRENT_DATE)"
            " WHERE state = 'due'"
        )
    if not column_exists(cr, "proforma_deposit", "paid_on"):
        create_column(cr, "proforma_deposit", "paid_on", "date")
        cr.execute(
            "UPDATE proforma_deposit d SET paid_on = m.invoice_date FROM account_move m"
            " WHERE m.id = d.invoice_id AND d.state = 'paid'"
        )
