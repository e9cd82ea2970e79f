from odoo.exceptions import UserError

from . import scenario


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
    _prepare_shop(env)
    _enable_demo_provider(env)
    if not env["sale.order"].search_count([("origin", "=", scenario.ORIGIN)]):
        scenario.play(env)


def _prepare_shop(env):
    """Offer the shop in French and in English."""
    website = env.ref("website.default_website")
    french, english = (env["res.lang"]._lang_get(c) for c in ("fr_FR", "en_US"))
    website.language_ids = french + english
    website.default_lang_id = french


def _enable_demo_provider(env):
    """Let the demonstration pay with Odoo's test provider."""
    provider = env["payment.provider"].search(
        [("code", "=", "demo"), ("company_id", "=", env.ref("base.main_company").id)],
        limit=1,
    )
    provider.write({"state": "test", "is_published": True})
    provider.payment_method_ids.active = True
