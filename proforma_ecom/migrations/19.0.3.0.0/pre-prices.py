from odoo.tools.sql import column_exists, create_column


def migrate(cr, version):
    """Make the column of the price plan here, so that it is not computed for every
    order there ever was: no template has one yet.
    """
    if not column_exists(cr, "sale_order", "proforma_price_plan_id"):
        create_column(cr, "sale_order", "proforma_price_plan_id", "int4")
