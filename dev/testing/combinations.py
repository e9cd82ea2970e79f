"""Which addons are installed together in the tests."""

from dev import paths

# Every template database builds upon that of this addon.
BASE = ["proforma_ecom"]
# Core's addons that "all" has besides: a payment provider, French accounting.
COMPANIONS = ["payment_demo", "l10n_fr_account"]


def of_addons():
    """Addons to install, by the name of the combination.

    The demo addon is left out: no test sees demo data.
    """
    ours = [name for name in paths.addons() if not name.endswith("_demo")]
    return {"alone": BASE, "all": [*ours, *COMPANIONS]}
