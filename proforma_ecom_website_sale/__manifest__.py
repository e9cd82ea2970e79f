{
    "name": "Pro Forma Invoices in the Shop",
    "summary": "From the cart to a numbered pro forma invoice in one click",
    "version": "19.0.1.3.2",
    "category": "Website/Website",
    "license": "LGPL-3",
    "author": "proforma_ecom contributors",
    "depends": ["proforma_ecom", "website_sale"],
    "auto_install": True,
    "data": [
        "security/ir.model.access.csv",
        "data/mail_template_data.xml",
        "views/website_sale_templates.xml",
        "views/proforma_account_templates.xml",
        "views/proforma_requested_templates.xml",
        "views/proforma_purchase_templates.xml",
        "views/sale_portal_templates.xml",
        "views/product_views.xml",
        "views/res_config_settings_views.xml",
        "views/proforma_request_views.xml",
        "views/sale_order_views.xml",
    ],
    "assets": {
        "web.assets_frontend": [
            "proforma_ecom_website_sale/static/src/dialogs/**/*",
            "proforma_ecom_website_sale/static/src/interactions/**/*",
            "proforma_ecom_website_sale/static/src/scss/**/*",
        ],
        "web.assets_tests": [
            "proforma_ecom_website_sale/static/tests/tours/**/*",
        ],
    },
}
