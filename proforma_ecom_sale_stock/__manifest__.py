{
    "name": "Pro Forma Invoices with Deliveries",
    "summary": "No delivery before the deposits that come first are paid",
    "version": "19.0.1.0.0",
    "category": "Sales/Sales",
    "license": "LGPL-3",
    "author": "proforma_ecom contributors",
    "depends": ["proforma_ecom", "sale_stock"],
    "data": [
        "views/sale_order_views.xml",
        "views/stock_picking_views.xml",
    ],
    "auto_install": True,
}
