{
    "name": "Pro Forma Invoices of the Wish List",
    "summary": "From the wish list to a numbered pro forma invoice in one click",
    "version": "19.0.1.0.0",
    "category": "Website/Website",
    "license": "LGPL-3",
    "author": "proforma_ecom contributors",
    "depends": ["proforma_ecom_website_sale", "website_sale_wishlist"],
    "auto_install": True,
    "data": ["views/website_sale_wishlist_templates.xml"],
    "assets": {
        "web.assets_frontend": [
            "proforma_ecom_website_sale_wishlist/static/src/scss/**/*",
        ],
        "web.assets_tests": [
            "proforma_ecom_website_sale_wishlist/static/tests/tours/**/*",
        ],
    },
}
