{
    "name": "Pro Forma Invoices in the Shop",
    "summary": "From the cart to a numbered pro forma invoice in one click",
    "version": "19.0.1.1.1",
    "category": "Website/Website",
    "license": "LGPL-3",
    "author": "proforma_ecom contributors",
    "depends": ["proforma_ecom", "website_sale"],
    "auto_install": True,
    "data": [
        "views/website_sale_templates.xml",
        "views/res_config_settings_views.xml",
        "views/proforma_request_views.xml",
    ],
    "assets": {
        "web.assets_frontend": [
            "proforma_ecom_website_sale/static/src/interactions/**/*",
        ],
        "web.assets_tests": [
            "proforma_ecom_website_sale/static/tests/tours/**/*",
        ],
    },
}
