"""What the visitor's session knows about pro formas."""

from odoo.http import request

# The cart for which the visitor asked for a pro forma before all was known of him.
ASKED_CART_KEY = "proforma_cart_id"
# Why he did not get it, to be shown once.
ERROR_KEY = "proforma_error"
# Core's key: the order that the visitor went through the checkout with.
LAST_ORDER_KEY = "sale_last_order_id"


def remember_asked(cart_sudo):
    """Note that the visitor asked for a pro forma of this cart, and of no other."""
    request.session[ASKED_CART_KEY] = cart_sudo.id


def forget_asked():
    """Forget that the visitor asked: he has it, or he went elsewhere."""
    request.session.pop(ASKED_CART_KEY, None)


def is_asked(cart_sudo):
    """Return whether the visitor asked for a pro forma of this very cart."""
    return bool(cart_sudo) and request.session.get(ASKED_CART_KEY) == cart_sudo.id


def get_asked_proforma():
    """Return what the cart that the visitor asked about has become, if it is issued.

    A second click at the same time finds the cart gone and the session as it was.

    :return: The order in sudo mode, may be empty.
    :rtype: sale.order
    """
    orders_sudo = request.env["sale.order"].sudo()
    asked_sudo = orders_sudo.browse(request.session.get(ASKED_CART_KEY) or []).exists()
    return asked_sudo.filtered("proforma_number")


def leave_error(error):
    """Keep the text of an error for the next page."""
    request.session[ERROR_KEY] = str(error)


def take_error():
    """Return the text of the error that waits to be shown, and forget it.

    :rtype: str|None
    """
    return request.session.pop(ERROR_KEY, None)


def get_last_proforma():
    """Return the visitor's last order if it is a pro forma, else an empty recordset.

    :return: The order in sudo mode.
    :rtype: sale.order
    """
    orders_sudo = request.env["sale.order"].sudo()
    order_sudo = orders_sudo.browse(request.session.get(LAST_ORDER_KEY) or []).exists()
    return order_sudo.filtered(lambda order: order.proforma_state != "none")
