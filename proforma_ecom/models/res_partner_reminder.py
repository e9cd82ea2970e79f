from odoo import fields, models


class ResPartner(models.Model):
    """Whether a customer wants reminders."""

    _inherit = "res.partner"

    # === FIELDS === #

    proforma_no_reminders = fields.Boolean(
        string="No Pro Forma Reminders",
        prefetch="proforma",
        help="The customer asked for it. On a company it holds for all its contacts.",
    )

    # === CRUD METHODS === #

    def write(self, vals):
        """Override of `base`: who wants no reminders gets none from now on."""
        fname = "proforma_no_reminders"
        changed = self.browse()
        if fname in vals:
            changed = self.filtered(lambda p: p[fname] != bool(vals[fname]))
        res = super().write(vals)
        if changed:
            orders = changed._get_proforma_reminded_orders()
            if vals[fname]:
                orders._proforma_stop_reminders("opted_out_customer")
            else:
                orders._proforma_resume_reminders("opted_out_customer")
        return res

    # === HELPERS === #

    def _get_proforma_reminded_orders(self):
        """Return the orders for the contacts, in all companies, that have reminders.

        :rtype: sale.order
        """
        contacts = self.filtered(lambda p: p != p.commercial_partner_id)
        companies = self - contacts
        return (
            self.env["sale.order"]
            .sudo()
            .search(
                [
                    *("|", ("partner_id", "in", contacts.ids)),
                    ("partner_id.commercial_partner_id", "in", companies.ids),
                    ("proforma_reminder_ids", "!=", False),
                ]
            )
        )
