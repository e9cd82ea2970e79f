"""What the pages of the shop say of the pro forma of a cart that changes."""

from odoo.http import request


def prepare_update(cart_sudo):
    """Return what the page needs to follow a change of the cart.

    :param sale.order cart_sudo: May be empty.
    :return: `is_only`, `is_refused`, `is_review` and `html`, see the template; None if
        the shop offers no pro formas.
    :rtype: dict|None
    """
    if not request.website.proforma_enabled:
        return None
    offer = {"refusal": False, "rows": [], "is_review": False}
    is_offered = cart_sudo._has_proforma_shop_offer()
    if is_offered:
        offer = cart_sudo._prepare_proforma_shop_offer()
    return {
        "is_only": bool(cart_sudo and cart_sudo._has_proforma_only_products()),
        "is_refused": not is_offered or bool(offer["refusal"]),
        "is_review": offer["is_review"],
        "html": request.env["ir.ui.view"]._render_template(
            "proforma_ecom_website_sale.proforma_offer_text",
            {"proforma_offer": offer},
        ),
    }


def get_shared_text():
    """Return why the visitor sees his cart before a pro forma is made of it."""
    return request.env._(
        "Your cart held something before. Look at it, then ask for the pro forma of all"
        " that it holds."
    )
