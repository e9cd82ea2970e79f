from odoo import fields, models


class ProformaReminderPartnerMixin(models.AbstractModel):
    """Whether a customer wants reminders."""

    _name = "proforma.reminder.partner.mixin"
    _description = "Reminders of a Customer"

    # === FIELDS === #

    proforma_no_reminders = fields.Boolean(
        string="No Pro Forma Reminders",
        help="The customer asked for it. On a company it holds for all its contacts.",
    )
