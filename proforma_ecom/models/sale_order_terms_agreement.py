from odoo import models
from odoo.exceptions import UserError


class SaleOrder(models.Model):
    """The customer says that he accepts the terms, before he signs."""

    _inherit = "sale.order"

    # === BUSINESS METHODS - GUARDS === #

    def _proforma_signing_error_message(self, version=None):
        """Return why the customer cannot sign now, or False.

        :param proforma.version version: The version that the customer saw, if known.
        :rtype: str|bool
        """
        self.ensure_one()
        if message := self._proforma_acceptance_error_message(version):
            return message
        if self._is_proforma_terms_missing():
            return self.env._("Accept our terms before you sign: open the page again.")
        return False

    def _is_proforma_terms_missing(self):
        """Return whether the company wants the terms of the current version to be
        accepted by themselves, and nobody has done so.
        """
        self.ensure_one()
        return self.company_id.sudo().proforma_require_terms and not (
            self._get_proforma_event("terms_agreed")
        )

    # === BUSINESS METHODS === #

    def _prepare_proforma_agreed_values(self, document):
        """Return what is summed up before the signature.

        :param dict document: That of the current version, see `proforma.snapshot`.
        :return: `agreed_lines` (what the customer gets: those with a quantity, no
            discounts) and `agreed_delivery` (when and where, may be "").
        :rtype: dict
        """
        self.ensure_one()
        place = document["delivery"] or {}
        delivery = [self.proforma_delivery_time, place.get("name")]
        # Where a section hides its prices, the document does not say what is negative.
        deductions = self.order_line.filtered(
            lambda line: line._is_proforma_deduction()
        ).ids
        return {
            "agreed_lines": [
                line
                for line in document["lines"]
                if line["quantity"]
                and line["key"] not in deductions
                and not line["subtotal"].startswith("-")
            ],
            "agreed_delivery": ", ".join(
                filter(None, [*delivery, *place.get("address", ())])
            ),
        }

    def _proforma_agree_to_terms(self, is_agreed, version=None, partner=None):
        """Record that the customer accepts the terms of a version. Once.

        Note: `self.ensure_one()`, in sudo mode.

        :param bool is_agreed: Whether he ticked the box.
        :param proforma.version version: The version that the customer saw.
        :param res.partner partner: Who is on the portal.
        :raise UserError: If it cannot be accepted any more, or he did not.
        """
        self._proforma_lock()
        if message := self._proforma_acceptance_error_message(version):
            raise UserError(message)
        if not is_agreed:
            raise UserError(self.env._("Tick the box to accept the terms."))
        if self._is_proforma_terms_missing():
            self._proforma_log_event("terms_agreed", partner=partner)
