from odoo import api, fields, models


class ProformaRenewalVersionMixin(models.AbstractModel):
    """Why the prices of a version are others than those of the version before."""

    _name = "proforma.renewal.version.mixin"
    _description = "Pro Forma Price Reasons"

    # === FIELDS === #

    price_reasons = fields.Json(
        readonly=True,
        help="Keys of printed lines with the reason why their price changed. It is not"
        " printed, and no part of the proof.",
    )

    # === BUSINESS METHODS === #

    @api.model
    def _prepare_reason_vals(self):
        """Return the values of a new version that say why its prices changed.

        Whoever changed them says so in the context.

        :rtype: dict
        """
        return {
            "price_reasons": self.env.context.get("proforma_price_reasons") or False
        }

    def _prepare_line_rows(self, change, sides):
        """Override of the differences to say why a price changed."""
        rows = super()._prepare_line_rows(change, sides)
        names = {field["name"] for field in change["fields"]}
        if not change["new"] or names.isdisjoint(("price_unit", "discount")):
            return rows
        text = self._get_price_reason_text(change["new"].get("key"))
        why = {"label": self.env._("Why"), "old": [], "new": [text]}
        return [*rows, *([why] if text else [])]

    # === HELPERS === #

    def _get_price_reason_text(self, key):
        """Return why the price of a line changed, in words. What it costs us is nothing
        for the customer.

        :param int key: Of a line of the document.
        :rtype: str
        """
        reason = (self.price_reasons or {}).get(str(key))
        if reason == "cost" and self.env.user.share:
            reason = "pricelist"
        return {
            "rate": self.env._("Exchange rate of the day"),
            "cost": self.env._("New cost"),
            "pricelist": self.env._("New price list"),
            "product": self.env._("New price of the product"),
        }.get(reason, "")
