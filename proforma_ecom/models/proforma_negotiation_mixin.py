from odoo import models


class ProformaNegotiationMixin(models.AbstractModel):
    """All that a customer may ask for on his page, and what becomes of it."""

    _name = "proforma.negotiation.mixin"
    _inherit = [
        "proforma.question.mixin",
        "proforma.negotiation.portal.mixin",
        "proforma.change.mixin",
        "proforma.change.preview.mixin",
        "proforma.change.request.mixin",
        "proforma.offer.mixin",
        "proforma.offer.price.mixin",
        "proforma.request.limit.mixin",
        "proforma.request.mixin",
    ]
    _description = "Pro Forma Negotiation"
