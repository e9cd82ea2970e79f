from odoo import models
from odoo.tools import SQL

from ..reminder_rules import is_too_soon
from .proforma_reminder_judge_mixin import LATER


class ProformaReminderContactMixin(models.AbstractModel):
    """Nobody is reminded twice in a few days, over all his documents."""

    _name = "proforma.reminder.contact.mixin"
    _description = "Contacts to Remind"

    # === BUSINESS METHODS - CONTACTS === #

    def _spare_contacts(self, verdicts, now):
        """Decide which of the reminders their contacts get now: an e-mail too soon
        after the last one is skipped; one of a deposit waits for its turn. In shadow
        mode, what would have been sent counts. Who refused all reminders as another
        contact of the same address gets none of an offer.

        A second e-mail on the same order waits for the next batch, which decides on it.

        :param dict verdicts: Verdict of each reminder; written on.
        :param datetime now: In UTC.
        """
        mails = self.filtered(lambda reminder: reminder.step_id.channel == "mail")
        contacts = mails._get_contacts_of_addresses()
        mails._lock_contacts(contacts)
        tz_name = self.env.company._get_proforma_tz()
        last_sent = mails._get_last_mails(contacts, ["sent"])
        last_shown = last_sent
        if mails.plan_id.filtered("is_shadow"):
            last_shown = mails._get_last_mails(contacts, ["sent", "shadow"])
        refusing = contacts.filtered("proforma_no_reminders").mapped("email_normalized")
        busy_order_ids = set()
        for reminder in mails:
            plan, address = reminder.plan_id, reminder.partner_id.email_normalized
            last = last_shown if plan.is_shadow else last_sent
            if address in refusing and not reminder.deposit_id:
                verdicts[reminder] = "opted_out_customer"
            elif is_too_soon(last.get(address), now, tz_name, plan.min_days_between):
                verdicts[reminder] = reminder._yield_to_last_mail(now, tz_name)
            elif reminder.order_id.id in busy_order_ids:
                verdicts[reminder] = LATER
            else:
                busy_order_ids.add(reminder.order_id.id)
                last_shown[address] = now
                if not plan.is_shadow:
                    last_sent[address] = now

    def _lock_contacts(self, contacts):
        """Hold the contacts until the end of the transaction by writing on them.

        Of two servers with a document each of the same contact, the second waits, is
        refused by PostgreSQL, and begins anew: then it sees what the first one sent.
        By id, so that they never wait for each other.

        :param res.partner contacts: See `_get_contacts_of_addresses`.
        """
        if not contacts or all(self.plan_id.mapped("is_shadow")):
            return
        self.env.cr.execute(
            SQL(
                """UPDATE res_partner SET write_date = write_date WHERE id IN (
                   SELECT id FROM res_partner WHERE id IN %s
                   ORDER BY id FOR NO KEY UPDATE)""",
                tuple(contacts.ids),
            ),
            log_exceptions=False,  # A conflict is no fault: the batch begins anew.
        )

    def _get_contacts_of_addresses(self):
        """Return all contacts, archived ones too, with the addresses of the reminders'
        contacts: the shop makes a new contact of each guest.

        :rtype: res.partner
        """
        addresses = self.partner_id.mapped("email_normalized")
        partners = self.env["res.partner"].sudo().with_context(active_test=False)
        return partners.search([("email_normalized", "in", addresses)])

    def _get_last_mails(self, contacts, states):
        """Return when the last reminder went to each address.

        :param res.partner contacts: See `_get_contacts_of_addresses`.
        :param list states: Keys of `REMINDER_STATES` that count.
        :return: Address -> instant in UTC.
        :rtype: dict[str, datetime]
        """
        groups = self.env["proforma.reminder"]._read_group(
            [
                ("partner_id", "in", contacts.ids),
                ("state", "in", states),
                ("step_id.channel", "=", "mail"),
            ],
            ["partner_id"],
            ["done_on:max"],
        )
        last = {}
        for partner, done_on in groups:
            address = partner.email_normalized
            last[address] = max(done_on, last.get(address, done_on))
        return last
