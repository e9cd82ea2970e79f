from odoo import fields, models


class ProformaReminderMixin(models.AbstractModel):
    """What the customer wants of reminders."""

    _name = "proforma.reminder.mixin"
    _description = "Pro Forma Reminders"

    # === FIELDS === #

    proforma_no_reminders = fields.Boolean(
        string="No Reminders",
        copy=False,
        help="No reminder of this pro forma is sent to the customer.",
    )

    # === BUSINESS METHODS - REMINDERS === #

    def _proforma_stop_reminders(self, reason):
        """Stop what is planned. Extension point.

        :param str reason: Why.
        """

    def _proforma_opt_out(self, all_documents=False):
        """Send no more reminders of the orders, or none at all to their customers.

        :param bool all_documents: Whether the customer wants none of any document.
        """
        for order in self:
            if all_documents:
                order._get_proforma_opt_out_partner().proforma_no_reminders = True
            else:
                order.proforma_no_reminders = True
            order._proforma_log_event("opted_out", partner=order.partner_id)
        self._proforma_stop_reminders("opted_out")
