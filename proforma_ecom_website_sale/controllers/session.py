"""What the visitor's session knows about pro formas."""

from odoo.http import request

# The cart for which the visitor asked for a pro forma before all was known of him.
ASKED_CART_KEY = "proforma_cart_id"
# What he said with it, see `sale.order._prepare_proforma_words`.
WORDS_KEY = "proforma_words"
# The cart to which he added files, and their names.
FILES_KEY = "proforma_files"
# Why he did not get it, to be shown once.
ERROR_KEY = "proforma_error"
# The cart for which he gets it in the checkout, once he has chosen there.
CHECKOUT_KEY = "proforma_checkout_cart_id"
# The cart for which he has to say yet where else it is delivered.
ELSEWHERE_KEY = "proforma_elsewhere_cart_id"
# What there is to know of the product that he added last.
ADDITION_KEY = "proforma_addition"
# What a guest got, and as whom he asked for it.
GUEST_KEY = "proforma_guest"
# The cart that made room for a pro forma.
ASIDE_KEY = "proforma_cart_aside_id"
# Core's keys: the cart, and how much is in it.
CART_KEY = "sale_order_id"
QUANTITY_KEY = "website_sale_cart_quantity"
# Core's key: the order that the visitor went through the checkout with.
LAST_ORDER_KEY = "sale_last_order_id"


def remember_asked(cart_sudo, words):
    """Note that the visitor asked for a pro forma of this cart, and of no other.

    :param dict words: What he said with it.
    """
    request.session[ASKED_CART_KEY] = cart_sudo.id
    request.session[WORDS_KEY] = words


def forget_asked():
    """Forget that the visitor asked: he has it, or he went elsewhere."""
    request.session.pop(ASKED_CART_KEY, None)


def get_words():
    """Return what the visitor said, in this cart or before he had to go elsewhere.

    :return: `reference` and `message`, both may be empty.
    :rtype: dict[str, str]
    """
    return {"reference": "", "message": "", **(request.session.get(WORDS_KEY) or {})}


def prepare_said():
    """Return what the form of a cart shows of what the visitor said before.

    :return: `proforma_words` and `proforma_files`.
    :rtype: dict
    """
    return {"proforma_words": get_words(), "proforma_files": get_files()}


def forget_words():
    """Forget what the visitor said, added and chose: it is with his order now."""
    request.session.pop(WORDS_KEY, None)
    request.session.pop(FILES_KEY, None)
    request.session.pop(CHECKOUT_KEY, None)
    request.session.pop(ELSEWHERE_KEY, None)


def remember_files(cart_sudo):
    """Note what the visitor added, to be told without looking for it on each page."""
    names = cart_sudo._get_proforma_files().mapped("name")
    request.session[FILES_KEY] = {"cart_id": cart_sudo.id, "names": names}


def get_files():
    """Return the names of the files that the visitor added to this cart.

    :rtype: list[str]
    """
    kept = request.session.get(FILES_KEY) or {}
    return kept["names"] if kept and kept["cart_id"] == request.cart.id else []


def is_asked(cart_sudo):
    """Return whether the visitor asked for a pro forma of this very cart."""
    return bool(cart_sudo) and request.session.get(ASKED_CART_KEY) == cart_sudo.id


def get_asked_proforma():
    """Return what the cart that the visitor asked about has become, if it is no cart
    any more.

    A second click at the same time finds the cart gone and the session as it was.

    :return: The order in sudo mode, may be empty.
    :rtype: sale.order
    """
    orders_sudo = request.env["sale.order"].sudo()
    asked_sudo = orders_sudo.browse(request.session.get(ASKED_CART_KEY) or []).exists()
    return asked_sudo.filtered(is_taken)


def lead_to_checkout(cart_sudo):
    """Note that the visitor goes to the checkout to get a pro forma of this cart."""
    request.session[CHECKOUT_KEY] = cart_sudo.id


def is_led_to_checkout(cart_sudo):
    """Return whether the visitor is in the checkout for a pro forma of this cart."""
    return bool(cart_sudo) and request.session.get(CHECKOUT_KEY) == cart_sudo.id


def forget_checkout():
    """Forget that the visitor went to the checkout to get a pro forma."""
    request.session.pop(CHECKOUT_KEY, None)


def note_elsewhere(cart_sudo, is_elsewhere):
    """Note whether the visitor has to say yet where else this cart is delivered."""
    request.session[ELSEWHERE_KEY] = is_elsewhere and cart_sudo.id


def is_elsewhere(cart_sudo):
    """Return whether the visitor has to say yet where else this cart is delivered."""
    return bool(cart_sudo) and request.session.get(ELSEWHERE_KEY) == cart_sudo.id


def leave_error(error):
    """Keep the text of an error for the next page."""
    request.session[ERROR_KEY] = str(error)


def remember_addition(is_shared, warning):
    """Note what there is to know of the product that was added last.

    :param bool is_shared: Whether the cart held something before.
    :param str warning: Why less was added than was asked for, may be empty.
    """
    request.session[ADDITION_KEY] = (is_shared, str(warning or ""))


def take_addition():
    """Return what there is to know of the product that was added last, and forget it.

    :rtype: tuple[bool, str]
    """
    return tuple(request.session.pop(ADDITION_KEY, (False, "")))


def take_error():
    """Return the text of the error that waits to be shown, and forget it.

    :rtype: str|None
    """
    return request.session.pop(ERROR_KEY, None)


def get_last_proforma():
    """Return the visitor's last order if it is a pro forma or waits for its first one,
    else an empty recordset.

    :return: The order in sudo mode.
    :rtype: sale.order
    """
    return get_last_order().filtered(is_taken)


def get_last_order():
    """Return the visitor's last order, if it is there still.

    :return: The order in sudo mode, may be empty.
    :rtype: sale.order
    """
    orders_sudo = request.env["sale.order"].sudo()
    return orders_sudo.browse(request.session.get(LAST_ORDER_KEY) or []).exists()


def is_taken(order_sudo):
    """Return whether the order was a cart and is a pro forma now, or will be one."""
    return bool(order_sudo) and (
        order_sudo.proforma_state != "none" or order_sudo._is_proforma_under_review()
    )


def remember_guest(order_sudo):
    """Note as whom the visitor asked, while it is what he typed himself."""
    request.session[GUEST_KEY] = {
        "order_id": order_sudo.id,
        "partner_id": order_sudo.partner_id.id,
    }


def get_guest_partner_id(order_sudo):
    """Return as whom the visitor of this session asked for the pro forma.

    :return: None if somebody else did.
    :rtype: int|None
    """
    guest = request.session.get(GUEST_KEY) or {}
    return guest.get("partner_id") if guest.get("order_id") == order_sudo.id else None


def put_into_cart(cart_sudo):
    """Make an order the visitor's cart."""
    request.website.sale_reset()
    request.session[CART_KEY] = cart_sudo.id
    request.session[QUANTITY_KEY] = cart_sudo.cart_quantity
    request.session[LAST_ORDER_KEY] = cart_sudo.id


def set_cart_aside(cart_sudo):
    """Keep a cart with products for later; one with a pro forma finds itself again."""
    if cart_sudo and cart_sudo.order_line and not cart_sudo.proforma_source_id:
        request.session[ASIDE_KEY] = cart_sudo.id


def take_cart_back():
    """Make the cart that was set aside the visitor's cart again, if it is one still."""
    cart_id = request.session.pop(ASIDE_KEY, None)
    cart_sudo = request.env["sale.order"].sudo().browse(cart_id or []).exists()
    if cart_sudo.state == "draft" and cart_sudo.website_id == request.website:
        request.session[CART_KEY] = cart_sudo.id
        request.session[QUANTITY_KEY] = cart_sudo.cart_quantity
