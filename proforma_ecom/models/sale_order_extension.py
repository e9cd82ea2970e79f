from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date, plaintext2html

from ..const import PROFORMA_EXTENSION_STATES


class SaleOrder(models.Model):
    """A later last day at the same prices, as a new version."""

    _inherit = "sale.order"

    # === ACTION METHODS === #

    def action_proforma_extend(self):
        """Return the action that asks for the new last day.

        :raise UserError: If the pro forma cannot be extended now.
        """
        self.ensure_one()
        self.check_access("write")
        if message := self._proforma_extension_error_message():
            raise UserError(message)
        return {
            "name": self.env._("Extend the Validity"),
            "type": "ir.actions.act_window",
            "res_model": "proforma.extension",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_order_id": self.id,
                "default_version_id": self.proforma_version_id.id,
            },
        }

    # === BUSINESS METHODS - EXTENSION === #

    def _proforma_extension_error_message(self):
        """Return why the pro forma cannot be extended now, or False.

        :rtype: str|bool
        """
        self.ensure_one()
        if self.proforma_state not in PROFORMA_EXTENSION_STATES:
            return self.env._(
                "Only a pro forma that is issued or expired can be extended."
            )
        if self.sudo()._has_proforma_payment_under_way():
            return self.env._(
                "A payment of %(name)s is being processed, and would not count for a"
                " new version. Wait until it is done.",
                name=self.sudo().proforma_version_id.name,
            )
        return False

    def _proforma_extension_day_error_message(self, day, today):
        """Return why a day cannot be the new last day of validity, or False.

        :param date day: Inclusive.
        :param date today: The company's day.
        :rtype: str|bool
        """
        self.ensure_one()
        if day < today:
            return self.env._("Choose a day that is not in the past.")
        present = self.sudo().proforma_version_id.valid_until
        if day <= present:
            return self.env._(
                "Choose a day after %(day)s: until then it is valid already.",
                day=format_date(self.env, present),
            )
        return False

    def _get_proforma_extension_day(self, today):
        """Return the last day that an extension proposes: as long as a new pro forma
        would be valid, from today or else from the present last day.

        :param date today: The company's day.
        :rtype: date
        """
        self.ensure_one()
        present = self.sudo().proforma_version_id.valid_until
        day = self._get_proforma_validity_day(today)
        return day if day > present else self._get_proforma_validity_day(present)

    def _proforma_extend(self, day):
        """Issue a new version that differs in its last day only; the prices stay.

        Note: `self.ensure_one()`; the row is locked.

        :param date day: The new last day, inclusive.
        :raise UserError: If state, day or anything that is missing forbids it.
        """
        self.ensure_one()
        today = self.company_id._get_proforma_today()
        if message := (
            self._proforma_extension_error_message()
            or self._proforma_extension_day_error_message(day, today)
        ):
            raise UserError(message)
        self._set_proforma_revising(is_told=False)
        self.write({"validity_date": day})
        self._check_proforma_readiness()
        self._proforma_issue()
        self._proforma_log_event("extended", note=fields.Date.to_string(day))

    def _proforma_send_extension(self, words=None):
        """Send the extended pro forma to the customer; without its PDF it waits, and is
        sent as any new version is.

        :param str words: What the salesperson adds; plain text, may be empty.
        """
        self.ensure_one()
        words = plaintext2html(words.strip()) if (words or "").strip() else ""
        self.with_context(proforma_words=words)._proforma_send_mail("extended")
