from odoo import models
from odoo.tools.image import image_data_uri


class SaleOrder(models.Model):
    """What stands beside a pro forma on its page: papers, and whom to ask."""

    _inherit = "sale.order"

    # === BUSINESS METHODS - DOCUMENTS === #

    def _get_proforma_invoices(self):
        """Return what was invoiced to the customer, deposits first; no drafts.

        :rtype: account.move
        """
        self.ensure_one()
        order_sudo = self.sudo()
        invoices = order_sudo.proforma_deposit_ids.invoice_id | order_sudo.invoice_ids
        return invoices.filtered(lambda move: move.state == "posted").sorted(
            lambda move: (move.invoice_date, move.id)
        )

    def _get_proforma_invoice_label(self, invoice):
        """Return what an invoice is called on the page.

        :param account.move invoice: See `_get_proforma_invoices`.
        :rtype: str
        """
        if invoice.move_type == "out_refund":
            return self.env._("Credit note %(name)s", name=invoice.name)
        if invoice in self.sudo().proforma_deposit_ids.invoice_id:
            return self.env._("Deposit invoice %(name)s", name=invoice.name)
        return self.env._("Invoice %(name)s", name=invoice.name)

    def _get_proforma_receipts(self):
        """Return the deposits for which there is a receipt instead of an invoice.

        :rtype: proforma.deposit
        """
        self.ensure_one()
        return self.proforma_deposit_ids.filtered(
            lambda deposit: (
                deposit.state in ("paid", "forfeited") and deposit._is_receipt_only()
            )
        )

    # === BUSINESS METHODS - CONTACT === #

    def _prepare_proforma_contact(self):
        """Return whom the customer asks: the salesperson, else the company.

        :return: `name`, `phone`, `email`, `photo` (a data URI, may be "") and `hours`
            (see `res.company._get_proforma_hours_texts`).
        :rtype: dict
        """
        self.ensure_one()
        company = self.company_id.sudo()
        seller = self.sudo().user_id.filtered("active")
        photo = seller.partner_id.avatar_128
        return {
            "name": seller.name or company.name,
            "phone": seller.phone or company.phone or "",
            "email": seller.email or company.email or "",
            "photo": image_data_uri(photo) if photo else "",
            "hours": company._get_proforma_hours_texts(),
        }
