{
    "name": "Pro Forma Invoices: Demonstration",
    "summary": "A French company, its shop and a pro forma in every state",
    "version": "19.0.1.0.0",
    "category": "Hidden/Tools",
    "license": "LGPL-3",
    "author": "proforma_ecom contributors",
    "depends": [
        "proforma_ecom_website_sale",
        "proforma_ecom_sale_stock",
        "l10n_fr_account",
        "payment_demo",
    ],
    "external_dependencies": {"python": ["freezegun"]},
    "data": [
        "data/proforma_layout_data.xml",
        "data/res_company_data.xml",  # Depends on the layouts.
        "data/res_partner_data.xml",
        "data/res_users_data.xml",  # Depends on the customers.
        "data/product_data.xml",
        "data/website_data.xml",
    ],
    "pre_init_hook": "pre_init_hook",
    "post_init_hook": "post_init_hook",
}
