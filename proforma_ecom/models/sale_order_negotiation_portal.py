from odoo import models


class SaleOrder(models.Model):
    """What the portal says of what the customer asked for."""

    _inherit = "sale.order"

    # === BUSINESS METHODS === #

    def _prepare_proforma_negotiation_values(self):
        """Return what the page of a pro forma needs to negotiate.

        :return: `can_change`, `can_offer` (bool), `waiting` and `answered` (what was
            asked besides questions on lines, the latest first; answers since the issue
            of the current version), `line_questions` (see
            `_get_proforma_questions_by_line`), `line_ids` (those that may be asked
            about) and `request_tz` (of the times).
        :rtype: dict
        """
        self.ensure_one()
        requests = self.proforma_request_ids.filtered(
            lambda r: r.state != "withdrawn" and not r._is_on_line()
        ).sorted("id", reverse=True)
        waiting = requests.filtered(lambda r: r.state == "waiting")
        # Why not is the same for both, and costs queries.
        is_open = not self._proforma_negotiation_error_message()
        company = self.company_id
        return {
            "can_change": is_open and company.proforma_change_rule != "off",
            "can_offer": is_open
            and company.proforma_offer_rule != "off"
            and not self._get_proforma_waiting("offer"),
            "waiting": waiting,
            "answered": (requests - waiting).filtered(
                lambda r: r.answer and r.answered_on >= self.proforma_issued_on
            ),
            "line_questions": self._get_proforma_questions_by_line(),
            "line_ids": self._get_proforma_shown_line_ids()
            if self.proforma_state not in ("none", "cancelled", "declined")
            else set(),
            "request_tz": company._get_proforma_tz(),
        }

    def _get_proforma_change_promise(self):
        """Return what happens with a change that is sent, as a sentence.

        :rtype: str
        """
        self.ensure_one()
        if self.company_id.proforma_change_rule == "automatic":
            return self.env._(
                "A small change at the prices of our price list makes a new version at"
                " once; anything else we look at and answer by e-mail."
            )
        return self.env._("We look at it and answer by e-mail.")
