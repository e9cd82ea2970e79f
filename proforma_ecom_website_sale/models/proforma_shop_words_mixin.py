from odoo import api, models
from odoo.exceptions import UserError

from ..const import MAX_REFERENCE_LENGTH


class ProformaShopWordsMixin(models.AbstractModel):
    """What a visitor says with his request: his own reference, a message."""

    _name = "proforma.shop.words.mixin"
    _description = "Words of a Visitor for His Pro Forma"

    # === BUSINESS METHODS - WORDS === #

    @api.model
    def _prepare_proforma_words(self, reference=None, message=None):
        """Return the words as they are kept, without what no text holds.

        :param str reference: As it was typed, may be empty.
        :param str message: As it was typed, may be empty.
        :return: `reference` and `message`.
        :rtype: dict[str, str]
        :raise UserError: If one of them is too long.
        """
        words = {
            "reference": " ".join((reference or "").replace("\0", "").split()),
            "message": (message or "").replace("\0", "").strip(),
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
