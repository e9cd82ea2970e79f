import binascii

from markupsafe import Markup

from odoo import SUPERUSER_ID, fields, models
from odoo.exceptions import UserError

from ..const import DEPOSIT_OPEN_STATES, PROFORMA_TRANSITIONS
from ..const_portal import MAX_NAME_LENGTH
from ..typed import typed_text


class SaleOrder(models.Model):
    """What the customer does with a pro forma."""

    _inherit = "sale.order"

    # === BUSINESS METHODS - GUARDS === #

    def _proforma_acceptance_error_message(self, version=None, now=None):
        """Return why the pro forma cannot be accepted now, or False.

        The one guard of every path: portal, payment, back office, scheduled action.

        Note: `self.ensure_one()`

        :param proforma.version version: The version that the customer saw, if known.
        :param datetime now: When he acted: UTC, naive; the present by default.
        :rtype: str|bool
        """
        self.ensure_one()
        name = self.sudo().proforma_version_id.name
        messages = {
            "none": self.env._("This order has not been issued as a pro forma."),
            "revising": self.env._(
                "%(name)s is being revised. You will get a new version to accept.",
                name=name,
            ),
            "accepted": self.env._("%(name)s is accepted already.", name=name),
            "declined": self.env._(
                "%(name)s was declined. Ask us for a new version.", name=name
            ),
            "expired": self.env._(
                "%(name)s has expired. Ask us to renew it; the prices may have"
                " changed.",
                name=name,
            ),
            "cancelled": self.env._("%(name)s was cancelled.", name=name),
        }
        if message := messages.get(self.proforma_state):
            return message
        if self._is_proforma_past_deadline(now):
            return messages["expired"]
        if version and version != self.proforma_version_id:
            return self.env._(
                "There is a new version, %(name)s. Read it before you accept.",
                name=name,
            )
        return False

    def _proforma_missing_step_message(self):
        """Return which step of the acceptance the customer still owes, or False.

        An acceptance that a user recorded by hand needs no step on the portal.
        """
        self.ensure_one()
        if self.proforma_accepted_by_hand:
            return False
        if not self.signature:
            return self.env._(
                "The customer has not signed %(name)s. If he accepted by other means,"
                " use “Accept for the Customer”.",
                name=self.sudo().proforma_version_id.name,
            )
        if not self._is_confirmation_amount_reached():
            return self.env._(
                "The deposit of %(name)s is not paid. If you confirm it all the same,"
                " use “Accept for the Customer”.",
                name=self.sudo().proforma_version_id.name,
            )
        return False

    def _get_proforma_due_deposit(self):
        """Return the deposit that the customer has to pay to confirm, if any.

        :rtype: proforma.deposit
        """
        self.ensure_one()
        return self.proforma_deposit_ids.filtered(
            lambda d: d.needed_to_confirm and d.state in ("planned", "due")
        )[:1]

    # === BUSINESS METHODS - ACCEPTANCE === #

    def _proforma_sign(self, name, signature, version=None, partner=None, address=None):
        """Record the customer's signature and accept, unless a deposit comes first.

        Note: `self.ensure_one()`, in sudo mode.

        :param str name: Who signs.
        :param str signature: The drawing, an image in base64.
        :param proforma.version version: The version that the customer saw.
        :param res.partner partner: Who is on the portal.
        :param str address: The network address of who signs; kept as far as the
            company wants.
        :return: Whether the pro forma is accepted now.
        :rtype: bool
        :raise UserError: If it cannot be accepted or the signature is unusable.
        """
        self._proforma_lock()
        if self.proforma_state == "accepted":
            return True
        if self.proforma_state == "issued" and self.signature:
            return False  # He has signed already and owes the deposit.
        if message := self._proforma_signing_error_message(version):
            raise UserError(message)
        who = self._read_proforma_signer(name)
        if not (signature and who):
            raise UserError(self.env._("Enter your name and draw your signature."))
        try:
            self.write(
                {
                    "signed_by": who,
                    "signed_on": fields.Datetime.now(),
                    "signature": signature,
                }
            )
            self.flush_recordset()
        except (TypeError, ValueError, binascii.Error, UserError) as error:
            raise UserError(
                self.env._("The signature could not be read. Draw it again.")
            ) from error
        self._proforma_seal_signature(address)
        self._proforma_log_event("signed", partner=partner)
        if self._proforma_missing_step_message():
            return False
        self._proforma_accept()
        return True

    def _read_proforma_signer(self, name):
        """Return the name of who signs, as it is kept.

        :param str name: As it was typed, may be empty.
        :rtype: str
        :raise UserError: If it is too long to be a name.
        """
        who = " ".join(typed_text(name).split())
        if len(who) > MAX_NAME_LENGTH:
            raise UserError(
                self.env._(
                    "Enter the name of the person who signs, in %(longest)s characters"
                    " at most.",
                    longest=MAX_NAME_LENGTH,
                )
            )
        return who

    def _proforma_seal_signature(self, address=None):
        """Seal the signature with the current version and make the signed copy.

        :param str address: The network address of who signed.
        :raise UserError: If the drawing is no picture.
        """
        version = self.proforma_version_id
        version._ensure_pdf()
        version._seal_signature(
            self.signed_by,
            self.signed_on,
            self.signature.decode(),
            self.company_id._get_proforma_signature_address(address),
        )
        version._ensure_signed_copy()

    def _proforma_accept(self):
        """Confirm the order; `_action_confirm` moves the state and tells both sides.

        Note: `self.ensure_one()`, the row is locked.

        :raise UserError: If the guard refuses.
        """
        self.ensure_one()
        # In the superuser's own name: the public user of the portal may neither read
        # nor post on what a confirmation creates.
        order = self.with_user(SUPERUSER_ID) if self.env.su else self
        order.action_confirm()
        self.invalidate_recordset()

    def _proforma_on_accepted(self):
        """Do what an acceptance entails: deposits dated and asked for, both sides told.

        What confirms the order is paid already, or by the payment that is being
        processed; where a user confirmed it by hand, it is asked for.
        """
        for order in self:
            order._proforma_assign_references()
            order._proforma_date_deposits()
            deposits = order.sudo().proforma_deposit_ids
            needed = deposits.filtered("needed_to_confirm")
            for deposit in needed:
                # Money that was refused when it came; what is under way settles itself.
                refused = deposit._get_securing_transactions().filtered(
                    lambda tx: tx.state == "done" and tx.is_post_processed
                )
                if refused and deposit.state in DEPOSIT_OPEN_STATES:
                    deposit._settle(refused[-1])
            due = deposits.filtered(lambda deposit: deposit.state == "due")
            (due if order.proforma_accepted_by_hand else due - needed)._try_ask()
            order._proforma_send_accepted_mails()

    def _proforma_check_money(self, deposit):
        """Check that money which came without the portal may be used for a deposit: it
        passes the same guard as any acceptance.

        :param proforma.deposit deposit: One of the order.
        :raise UserError: If it may not.
        """
        self.ensure_one()
        message = False
        if deposit.state not in DEPOSIT_OPEN_STATES:
            message = self.env._("This deposit is paid already or no longer asked for.")
        elif self.proforma_state == "accepted":
            message = deposit._get_invoicing_error_message()
        else:
            message = self._proforma_acceptance_error_message()
            if not message and not deposit.needed_to_confirm:
                message = self.env._("The order is not confirmed yet.")
            if not message and not (self.signature or self.proforma_accepted_by_hand):
                message = self.env._(
                    "The customer has not signed %(name)s. Use “Accept for the"
                    " Customer” first if he accepted by other means.",
                    name=self.sudo().proforma_version_id.name,
                )
        if message:
            raise UserError(message)

    # === BUSINESS METHODS - REFUSAL AND QUESTIONS === #

    def _proforma_decline(self, reason=None, comment=None, partner=None):
        """Record that the customer said no.

        :param proforma.decline.reason reason: May be None.
        :param str comment: The customer's words, posted on the order.
        :param res.partner partner: Who declined, if the customer did it himself.
        :raise UserError: If it cannot be declined any more, or the words are too long.
        """
        self._proforma_lock()
        if self.proforma_state == "declined":
            return
        if self.proforma_state not in PROFORMA_TRANSITIONS["declined"]:
            raise UserError(
                self._proforma_acceptance_error_message()
                or self.env._("This pro forma can no longer be declined.")
            )
        words = typed_text(comment)
        if message := self._proforma_words_error_message(words):
            raise UserError(message)
        reason = reason or self.env["proforma.decline.reason"]
        self._set_proforma_declined(reason, partner=partner, note=reason.name)
        self._proforma_post_customer_message(
            self._get_proforma_decline_text(reason, words), partner
        )
        if (
            partner
        ):  # What a user recorded is confirmed by whoever talks to the customer.
            self._proforma_send_notice("declined")

    def _get_proforma_decline_text(self, reason, comment):
        """Return the refusal in words, in the language of the document, as markup.

        :param proforma.decline.reason reason: May be empty.
        :param str comment: The customer's words, may be empty.
        :rtype: Markup
        """
        env = self.with_context(lang=self._get_proforma_lang()).env
        if reason:
            text = env._("Declined: %(reason)s", reason=reason.with_env(env).name)
        else:
            text = env._("Declined without a reason.")
        paragraphs = filter(None, (text, (comment or "").strip()))
        return Markup().join(Markup("<p>%s</p>") % part for part in paragraphs)

    def _proforma_ask(self, question, partner=None):
        """Post a question of the customer; the salesperson gets an activity. A second
        click has no effect.

        Note: `self.ensure_one()`, in sudo mode.

        :param str question: Plain text.
        :param res.partner partner: Who asks.
        :raise UserError: If the question is empty or too long, or too many wait.
        """
        self._proforma_lock()
        words = typed_text(question)
        key = self._get_proforma_request_key("question", partner, words)
        if self._get_proforma_repeated_request(key):
            return
        if message := (
            self._proforma_words_error_message(words)
            or self._proforma_flood_error_message()
        ):
            raise UserError(message)
        if not words:
            raise UserError(self.env._("Enter your question."))
        if self.proforma_state in ("none", "declined"):  # Nothing to answer about.
            self._proforma_say(words, partner)
            return
        author = partner or self.partner_id
        # The request is made here: it knows a second click.
        poster = self.with_context(proforma_is_answer=True)
        posted = poster._proforma_post_customer_message(words, author)
        self._proforma_create_request(
            "question",
            partner_id=author.id,
            message=words,
            message_id=posted.id,
            typed_key=key,
        )
        self._proforma_log_event("asked", partner=author)

    def _proforma_post_customer_message(self, body, partner=None):
        """Post words of the customer in the discussion of the order.

        :rtype: mail.message
        """
        self.ensure_one()
        author = partner or self.partner_id
        return self.with_user(SUPERUSER_ID).message_post(
            author_id=author.id,
            subject=self.sudo().proforma_version_id.name,
            body=body,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )

    def _proforma_schedule_activity(self, get_texts, **values):
        """Plan a to-do for whoever looks after the order, in that user's language.

        The same to-do that is still open is not planned again.

        :param callable get_texts: Given the order in the user's language, returns the
            summary (what happened) and the note (what to do, may be None).
        :param values: Further values of the to-do, such as `date_deadline`.
        :return: The to-dos, one an order, new or still open; in sudo mode.
        :rtype: mail.activity
        """
        activities = self.env["mail.activity"].sudo()
        for order in self.sudo():
            user = order._get_proforma_responsible_user()
            summary, note = get_texts(order.with_context(lang=user.lang))
            known = order.activity_ids.filtered(
                lambda a, who=user, what=summary: (a.user_id, a.summary) == (who, what)
            )
            activities |= known[:1] or order.activity_schedule(
                "mail.mail_activity_data_todo",
                user_id=user.id,
                summary=summary,
                note=note,
                **values,
            )
        return activities

    def _get_proforma_signing_partner(self):
        """Return the customer's contact who signed the current version, if known.

        :rtype: res.partner
        """
        self.ensure_one()
        signed = self.sudo().proforma_event_ids.filtered(
            lambda e: e.kind == "signed" and e.version_id == self.proforma_version_id
        )
        return signed[:1].partner_id

    def _get_proforma_responsible_user(self):
        """Return the user who looks after the order: somebody always does.

        :rtype: res.users
        """
        self.ensure_one()
        users = self.user_id | self.team_id.user_id | self.create_uid
        active = users.filtered(lambda user: user._is_internal() and user.active)
        return active[:1] or self.env.ref("base.user_admin")
