from odoo.exceptions import UserError


class CheckoutNeededError(UserError):
    """The cart lacks something that the visitor chooses in the checkout."""
