from odoo.exceptions import UserError

from . import scenario

# The company is a record of `base`, so the translation files of this addon cannot hold
# its texts.
COMPANY_TEXTS_FR = {
    "Office furniture, made and fitted in Lyon": (
        "Mobilier de bureau, fabriqué et posé à Lyon"
    ),
    "The furniture is delivered unassembled to the ground floor unless fitting is"
    " ordered. Guarantee of two years on parts and labour.": (
        "Le mobilier est livré non monté, au rez-de-chaussée, sauf si la pose est"
        " commandée. Garantie de deux ans, pièces et main-d’œuvre."
    ),
    "Unused furniture in its packaging may be sent back within 14 days of delivery;"
    " made-to-measure pieces may not.": (
        "Le mobilier neuf, dans son emballage, peut être retourné sous 14 jours après"
        " la livraison ; les pièces sur mesure ne sont pas reprises."
    ),
}

# What Odoo's website says of a company that it does not know -> what is true here.
WEBSITE_VIEWS = (
    "website.header_text_element",
    "website.footer_custom",
    "website.footer_copyright_company_name",
)
WEBSITE_TEXTS = {
    "+1 555-555-5556": "+33 4 65 71 00 10",
    "info@yourcompany.example.com": "bonjour@atelier-durand.example",
    "Company name": "Atelier Durand",
    "Nom de l'entreprise": "Atelier Durand",
}


def pre_init_hook(env):
    """Check the company and load its chart before its products ask for their taxes.

    :raise UserError: If the company has another chart of accounts already.
    """
    company = env.ref("base.main_company")
    if not company.chart_template:
        env["account.chart.template"].try_loading("fr", company, install_demo=False)
    if company.chart_template != "fr":
        raise UserError(
            env._(
                "The demonstration needs the French chart of accounts, but the company"
                " has another one. Install it on an empty database whose company is in"
                " France, as “make demo” does."
            )
        )
    env["res.lang"]._activate_lang("fr_FR")


def post_init_hook(env):
    """Open the shop for payments and play the scenario, once."""
    _translate_company(env)
    _prepare_shop(env)
    _enable_demo_provider(env)
    if not env["sale.order"].search_count([("origin", "=", scenario.ORIGIN)]):
        scenario.play(env)


def _translate_company(env):
    """Let the company speak French too."""
    company = env.ref("base.main_company")
    for fname in ("report_header", "invoice_terms", "proforma_return_conditions"):
        company.update_field_translations(fname, {"fr_FR": COMPANY_TEXTS_FR})
    company.update_field_translations(
        "proforma_delivery_time", {"fr_FR": "4 semaines après la commande"}
    )


def _prepare_shop(env):
    """Offer the shop in French and in English, under the company's own numbers."""
    website = env.ref("website.default_website")
    french, english = (env["res.lang"]._lang_get(c) for c in ("fr_FR", "en_US"))
    website.language_ids = french + english
    website.default_lang_id = french
    for view in env["ir.ui.view"].search([("key", "in", WEBSITE_VIEWS)]):
        for lang in ("en_US", "fr_FR"):
            arch = view.with_context(lang=lang).arch_db
            for text, replacement in WEBSITE_TEXTS.items():
                arch = arch.replace(text, replacement)
            view.with_context(lang=lang).arch_db = arch


def _enable_demo_provider(env):
    """Let the demonstration pay with Odoo's test provider."""
    provider = env["payment.provider"].search(
        [("code", "=", "demo"), ("company_id", "=", env.ref("base.main_company").id)],
        limit=1,
    )
    provider.write({"state": "test", "is_published": True})
    provider.payment_method_ids.active = True
