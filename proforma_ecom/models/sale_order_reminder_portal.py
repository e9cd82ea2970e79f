from odoo import models
from odoo.exceptions import UserError


class SaleOrder(models.Model):
    """What the customer does with the links of a reminder, without logging in."""

    _inherit = "sale.order"

    # === BUSINESS METHODS - LINKS === #

    def _get_proforma_opt_out_url(self):
        """Return the absolute address of the page that stops the reminders.

        :rtype: str
        """
        return self._get_proforma_link("reminders")

    def _get_proforma_answer_url(self, reason=None):
        """Return the absolute address of the page that asks "why not?".

        :param proforma.decline.reason reason: What is chosen when it opens, if any.
        :rtype: str
        """
        link = self._get_proforma_link("answer")
        return f"{link}&reason={reason.id}" if reason else link

    def _get_proforma_link(self, page):
        """Return the absolute address of a page of the pro forma, with its token.

        :rtype: str
        """
        self.ensure_one()
        token = self._portal_ensure_token()
        path = f"/my/proformas/{self.id}/{page}"
        return f"{self.get_base_url()}{path}?access_token={token}"

    # === BUSINESS METHODS - OPTING OUT === #

    def _get_proforma_opt_out_partner(self):
        """Return for whom "none of my documents" holds: the contact of the order.

        The link stands in an e-mail to that contact, and who has it acts for him. The
        flag of his company would silence the reminders of all his colleagues, whom he
        may not speak for; where the order is addressed to the company itself, both are
        the same.

        :rtype: res.partner
        """
        self.ensure_one()
        return self.partner_id

    def _can_opt_out_of_all(self, partner):
        """Return whether somebody may refuse the reminders of all documents: only the
        contact himself; a colleague who is logged in speaks for this document.

        :param res.partner partner: Who acts.
        """
        self.ensure_one()
        return partner == self._get_proforma_opt_out_partner()

    def _get_proforma_reminder_choice(self):
        """Return of what reminders are refused.

        :return: `company` (by the company, for all of its contacts), `all` (by the
            contact, for all of his documents), `document` or `none`.
        :rtype: str
        """
        self.ensure_one()
        partner = self._get_proforma_opt_out_partner()
        company = partner.commercial_partner_id
        if company != partner and company.proforma_no_reminders:
            return "company"
        if partner.proforma_no_reminders:
            return "all"
        return "document" if self.proforma_no_reminders else "none"

    def _get_proforma_reminder_text(self):
        """Return in a sentence what reminders the customer gets.

        :rtype: str
        """
        self.ensure_one()
        values = {
            "name": self.proforma_version_id.name,
            "contact": self.partner_id.name,
            "company": self.partner_id.commercial_partner_id.name,
        }
        return {
            "none": self.env._(
                "We may send %(contact)s reminders for %(name)s.", **values
            ),
            "document": self.env._(
                "We send no reminders for %(name)s any more.", **values
            ),
            "all": self.env._(
                "%(contact)s gets no more reminders from us, for any document.",
                **values,
            ),
            "company": self.env._(
                "We send nobody at %(company)s reminders for any document. To change"
                " that, ask us.",
                **values,
            ),
        }[self._get_proforma_reminder_choice()]

    def _get_proforma_reminder_already_text(self):
        """Return that a second click changed nothing.

        :rtype: str
        """
        self.ensure_one()
        if self._get_proforma_reminder_choice() == "none":
            return self.env._("Nothing changed: reminders may be sent.")
        return self.env._("Nothing changed: no reminders are sent.")

    def _proforma_choose_reminders(self, choice, partner):
        """Do what the customer chose on the page of the reminders.

        Note: `self.ensure_one()`, in sudo mode.

        :param str choice: `all`, `document` or `none` (see above); `none` takes both
            others back.
        :param res.partner partner: Who acts.
        :return: Whether anything changed: what is so already stays so.
        :rtype: bool
        :raise UserError: If he may not choose it.
        """
        self._proforma_lock()
        present = self._get_proforma_reminder_choice()
        if choice not in ("all", "document", "none"):
            raise UserError(self.env._("Choose one of the buttons."))
        is_about_all = "all" in (choice, present) and choice != "document"
        if is_about_all and not self._can_opt_out_of_all(partner):
            raise UserError(
                self.env._(
                    "Only %(name)s can choose for all of his documents.",
                    name=self.partner_id.name,
                )
            )
        if present in (choice, "company") or (choice, present) == ("document", "all"):
            return False
        if choice == "none":
            self._proforma_opt_in(partner)
        else:
            self._proforma_opt_out(choice == "all", partner)
        return True

    def _proforma_opt_in(self, partner=None):
        """Take back that no reminders are wanted, of this and of all documents.

        :param res.partner partner: Who acts.
        """
        self.ensure_one()
        self.proforma_no_reminders = False
        if self._can_opt_out_of_all(partner):
            self._get_proforma_opt_out_partner().proforma_no_reminders = False
        self._proforma_log_event("opted_in", partner=partner)
