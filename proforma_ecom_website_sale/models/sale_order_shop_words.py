from odoo import api, models
from odoo.exceptions import UserError

from odoo.addons.proforma_ecom.typed import typed_text

from ..const import MAX_REFERENCE_LENGTH


class SaleOrder(models.Model):
    """What a visitor says with his request: his own reference, a message."""

    _inherit = "sale.order"

    # === BUSINESS METHODS - WORDS === #

    @api.model
    def _prepare_proforma_words(self, reference=None, message=None):
        """Return the words as they are kept, without what no text holds.

        :param reference: Anything that a browser may send.
        :param message: Anything that a browser may send.
        :return: `reference` and `message`.
        :rtype: dict[str, str]
        :raise UserError: If one of them is too long.
        """
        words = {
            "reference": " ".join(typed_text(reference).split()),
            "message": typed_text(message),
        }
        if len(words["reference"]) > MAX_REFERENCE_LENGTH:
            raise UserError(
                self.env._(
                    "Your order number has %(length)s characters; there is room for"
                    " %(longest)s. Shorten it.",
                    length=len(words["reference"]),
                    longest=MAX_REFERENCE_LENGTH,
                )
            )
        if message := self._proforma_words_error_message(words["message"]):
            raise UserError(message)
        return words
