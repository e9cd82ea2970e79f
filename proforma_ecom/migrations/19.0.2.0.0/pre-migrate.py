from odoo.tools.sql import column_exists, create_column

# Fields of the order that are new, computed and stored. Made here, they are not
# computed for every order there ever was: that is slow, and says of an order of last
# year what is proposed today.
COLUMNS = {
    "proforma_layout_id": "int4",
    "proforma_delivery_cost": "varchar",
    "proforma_delivery_time": "varchar",
}


def migrate(cr, version):
    for column, kind in COLUMNS.items():
        if not column_exists(cr, "sale_order", column):
            create_column(cr, "sale_order", column, kind)
    cr.execute(
        "UPDATE sale_order SET proforma_delivery_cost = 'line'"
        " WHERE proforma_delivery_cost IS NULL"
    )
