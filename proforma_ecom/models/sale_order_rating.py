from odoo import SUPERUSER_ID, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..const_portal import FEEDBACK_STATES, LOW_RATE, RATES


class SaleOrder(models.Model):
    """One question to the customer once a pro forma came to its end."""

    _inherit = "sale.order"

    proforma_rating = fields.Integer(
        string="Feedback",
        copy=False,
        readonly=True,
        aggregator="avg",
        help="How satisfied the customer is, from 1 (not at all) to 5 (very); 0 if he"
        " has not said.",
        prefetch="proforma",
    )

    # === CRUD METHODS === #

    def _read_group_select(self, aggregate_spec, query):
        """Override of the ORM: who has not said anything has not said 0."""
        select = super()._read_group_select(aggregate_spec, query)
        if aggregate_spec == "proforma_rating:avg":
            column = self._field_to_sql(self._table, "proforma_rating", query)
            return SQL("AVG(NULLIF(%s, 0))", column)
        return select

    # === ACTION METHODS === #

    def action_view_proforma_ratings(self):
        """Return the action that shows what the customers said of the orders."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "proforma_ecom.action_proforma_ratings"
        )
        domain = [("res_model", "=", "sale.order"), ("res_id", "in", self.ids)]
        return {**action, "domain": domain}

    # === BUSINESS METHODS === #

    def _is_proforma_feedback_wanted(self):
        """Return whether the page asks how it was: the pro forma came to its end, the
        company asks, and the customer has not said so yet.
        """
        self.ensure_one()
        return (
            self.company_id.sudo().proforma_ask_feedback
            and not self.proforma_rating
            and self._get_proforma_list_state() in FEEDBACK_STATES
        )

    def _get_proforma_feedback_url(self):
        """Return the absolute address of the question, with the token of the order: on
        the page of the pro forma, also once that is an order with a page of its own.

        :rtype: str
        """
        self.ensure_one()
        token = self._portal_ensure_token()
        path = f"/my/proformas/{self.id}?access_token={token}#proforma_feedback"
        return f"{self.get_base_url()}{path}"

    def _proforma_rate(self, rate, remark=None, partner=None):
        """Record how satisfied the customer is. Once; a second click has no effect.

        It is a rating of Odoo and a note of the discussion; who is unhappy gets a
        call.

        Note: `self.ensure_one()`, in sudo mode.

        :param int rate: From 1 to 5, or anything that a browser may send.
        :param str remark: His own words, plain text, may be empty.
        :param res.partner partner: Who says so.
        :raise UserError: If nobody asked, or something is missing or too long.
        """
        self._proforma_lock()
        remark = (remark or "").replace("\0", "").strip()
        if self._is_proforma_rating_repeated(rate, remark):
            return
        if message := self._proforma_rating_error_message(rate, remark):
            raise UserError(message)
        partner = partner or self.partner_id
        # In the superuser's name: a visitor may neither rate nor post.
        order = self.with_user(SUPERUSER_ID)
        token = order._rating_get_access_token(partner)
        order.rating_apply(
            rate, token=token, feedback=remark, subtype_xmlid="mail.mt_note"
        )
        self.proforma_rating = rate
        self._proforma_log_event("rated", partner=partner, note=f"{rate}/5")
        if rate <= LOW_RATE:
            self._proforma_schedule_activity(
                lambda order: order._get_proforma_unhappy_texts(partner)
            )

    def _is_proforma_rating_repeated(self, rate, remark):
        """Return whether this very feedback was given already: a second click.

        :param int rate: From 1 to 5, or anything that a browser may send.
        :param str remark: Plain text, may be empty.
        """
        self.ensure_one()
        said = self.sudo().rating_ids.filtered("consumed")[:1].feedback or ""
        return bool(rate) and self.proforma_rating == rate and remark in ("", said)

    def _proforma_rating_error_message(self, rate, remark):
        """Return why feedback is not taken, or False."""
        if self.proforma_rating:
            return self.env._("You have told us already. Thank you.")
        if not self._is_proforma_feedback_wanted():
            return self.env._("There is nothing to tell us yet.")
        if rate not in RATES:
            return self.env._("Choose a number from 1 to 5.")
        return self._proforma_words_error_message(remark)

    def _get_proforma_unhappy_texts(self, partner):
        """Return summary and note of the to-do, in the language of the environment.

        :param res.partner partner: Who is unhappy.
        :rtype: tuple[str, str]
        """
        return (
            self.env._("%(name)s is not satisfied", name=partner.name),
            self.env._("Read the feedback in the discussion and call."),
        )
