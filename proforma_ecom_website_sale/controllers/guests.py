"""What keeps robots and repeated clicks of visitors from making documents."""

from odoo.exceptions import UserError
from odoo.http import request

from ..const import MAX_FILE_SIZE, MAX_FILES
from . import session

# The action that reCAPTCHA and Turnstile sign their tokens for.
CAPTCHA_ACTION = "proforma"


def check_person(unseen):
    """Check that a person sent the form, as far as the website can tell.

    :param str unseen: What is in the field that people do not see.
    :raise UserError: If it seems to be a robot.
    """
    if unseen:
        raise UserError(
            request.env._(
                "We cannot tell you from a robot: a field was filled in that nobody"
                " sees. Fill in the form by hand, without a program."
            )
        )
    if request.env.user._is_public():
        request.env["ir.http"]._verify_request_recaptcha_token(CAPTCHA_ACTION)


def read_files():
    """Return the files of the form, of each no more than is needed to refuse it.

    :return: Name as the browser said it, content.
    :rtype: list[tuple[str, bytes]]
    """
    files = request.httprequest.files.getlist("files")
    return [
        (file.filename, file.read(MAX_FILE_SIZE + 1))
        for file in files[: MAX_FILES + 1]
        if file.filename
    ]


def find_duplicate(cart_sudo, words):
    """Return what the visitor got of the same cart minutes ago, empty if nothing.

    A guest is shown only what this browser got: whoever knows the address of another
    customer and what he ordered must not be led to his page.

    :param sale.order cart_sudo: What he asks for now.
    :param dict words: See `sale.order._prepare_proforma_words`.
    :rtype: sale.order
    :raise UserError: If a guest got it in another browser.
    """
    attempts = request.env["proforma.shop.attempt"]
    found_sudo = attempts._find_duplicate(cart_sudo, words)
    is_known = request.session.get(session.LAST_ORDER_KEY) in found_sudo.ids
    if found_sudo and request.env.user._is_public() and not is_known:
        raise UserError(
            request.env._(
                "A pro forma invoice of this very cart was sent to %(email)s a few"
                " minutes ago. Open it with the link in that e-mail.",
                email=cart_sudo.partner_id.email,
            )
        )
    return found_sudo


def check_limits(cart_sudo):
    """Check that a guest has not asked for too many pro formas.

    :raise UserError: If he has.
    """
    if request.env.user._is_public():
        request.env["proforma.shop.attempt"]._check_limits(cart_sudo, _get_address())


def note(order_sudo, words):
    """Note what the visitor got.

    :param sale.order order_sudo: What his cart has become.
    :param dict words: See `sale.order._prepare_proforma_words`.
    """
    is_guest = request.env.user._is_public()
    request.env["proforma.shop.attempt"]._note(
        order_sudo, words, _get_address() if is_guest else None
    )


def _get_address():
    """Return the visitor's network address, "" if the server does not know it."""
    return request.httprequest.remote_addr or ""
