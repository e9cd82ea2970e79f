from odoo.tools.sql import column_exists, create_column


def migrate(cr, version):
    """Leave buying at once off where a website is there already: its salespeople count
    on a signature.
    """
    if not column_exists(cr, "website", "proforma_purchase"):
        create_column(cr, "website", "proforma_purchase", "bool")
        cr.execute("UPDATE website SET proforma_purchase = FALSE")
