{
    "name": "Pro Forma Invoices",
    "summary": "Numbered, frozen pro forma invoices that the customer accepts,"
    " signs and pays a deposit on",
    "version": "19.0.1.0.0",
    "category": "Sales/Sales",
    "license": "LGPL-3",
    "author": "proforma_ecom contributors",
    "application": True,
    "depends": ["sale_management", "rating", "phone_validation"],
    "external_dependencies": {"python": ["num2words", "phonenumbers"]},
    "data": [
        "security/ir.model.access.csv",
        "security/ir_rules.xml",
        "data/proforma_decline_reason_data.xml",
        "data/proforma_deposit_plan_data.xml",
        "data/ir_cron_data.xml",
        "reports/report_paperformat_data.xml",
        "reports/proforma_report_templates.xml",
        "reports/ir_actions_report.xml",  # Depends on the paper format.
        "data/mail_template_data.xml",
        "wizards/proforma_acceptance_views.xml",
        "wizards/proforma_refusal_views.xml",
        "views/proforma_version_views.xml",
        "views/proforma_deposit_plan_views.xml",
        "views/proforma_decline_reason_views.xml",
        "views/sale_order_views.xml",  # Depends on the wizards' actions.
        "views/sale_order_template_views.xml",
        "views/res_partner_views.xml",
        "views/res_config_settings_views.xml",
        "views/portal_templates.xml",
        "views/proforma_portal_templates.xml",
        "views/proforma_portal_content_templates.xml",
        "views/proforma_menus.xml",
    ],
    "assets": {
        "web.assets_frontend": [
            "proforma_ecom/static/src/portal/**/*",
        ],
    },
    "post_init_hook": "post_init_hook",
    "uninstall_hook": "uninstall_hook",
}
