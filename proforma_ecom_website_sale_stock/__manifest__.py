{
    "name": "Pro Forma Invoices in the Shop with Stock",
    "summary": "Customers ask for no more than the shop would sell from its stock",
    "version": "19.0.1.0.1",
    "category": "Website/Website",
    "license": "LGPL-3",
    "author": "proforma_ecom contributors",
    "depends": ["proforma_ecom_website_sale", "website_sale_stock"],
    "auto_install": True,
    "assets": {
        "web.assets_frontend": [
            "proforma_ecom_website_sale_stock/static/src/dialogs/**/*",
        ],
    },
}
