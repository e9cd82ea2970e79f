{
    "name": "Pro Forma Invoices with Coupons and Rewards",
    "summary": "The rewards of a pro forma stay as they were issued",
    "version": "19.0.1.0.1",
    "category": "Sales/Sales",
    "license": "LGPL-3",
    "author": "proforma_ecom contributors",
    "depends": ["proforma_ecom", "sale_loyalty"],
    "auto_install": True,
}
