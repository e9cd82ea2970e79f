import logging

from psycopg2 import OperationalError

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.proforma_ecom.utils import today_in

_logger = logging.getLogger(__name__)

REQUEST_TEMPLATE = "proforma_ecom_website_sale.mail_template_proforma_shop_request"


class SaleOrder(models.Model):
    """A cart that a salesperson looks at before it becomes a pro forma.

    It is "sent", hence no cart any more, and no pro forma yet: it waits with a request
    of the kind `first`, has a page of its own and can be neither signed nor paid.
    """

    _inherit = "sale.order"

    # === ACTION METHODS === #

    def action_draft(self):
        """Override of `sale`: a draft of the shop would come back as the customer's
        cart.

        :raise UserError: If the cart of an order was handed in.
        """
        quotations = self.filtered(lambda order: order.proforma_state == "none")
        if quotations.filtered(lambda order: order._was_proforma_cart()):
            raise UserError(
                self.env._(
                    "As a draft this order would be the customer's cart again. Edit it"
                    " as it is; if it was cancelled, duplicate it."
                )
            )
        return super().action_draft()

    def action_proforma_issue(self):
        """Override of `proforma_ecom`: what was handed in is valid from now on."""
        self.check_access("write")
        self._proforma_restart_validity()
        return super().action_proforma_issue()

    # === BUSINESS METHODS - REVIEW === #

    def _is_proforma_review_needed(self):
        """Return whether somebody looks at this cart before it becomes a pro forma."""
        self.ensure_one()
        website = self.website_id
        review = website._get_proforma_rule("proforma_review")
        if review != "above":
            return review == "always"
        limit = self._convert_proforma_limit(
            website._get_proforma_rule("proforma_review_amount")
        )
        amount = self._get_proforma_rule_amount()
        return self.currency_id.compare_amounts(amount, limit) > 0

    def _get_proforma_first_request(self):
        """Return the request with which the cart was handed in, empty if it was not.

        :return: In sudo mode.
        :rtype: proforma.request
        """
        return self.sudo().proforma_request_ids.filtered(
            lambda request: request.kind == "first" and request.state != "withdrawn"
        )[-1:]

    def _was_proforma_cart(self):
        """Return whether the order was a cart that became a pro forma, or was to."""
        self.ensure_one()
        requests = self.sudo().proforma_request_ids
        return bool(
            self.website_id
            and (
                self.proforma_state != "none"
                or requests.filtered(lambda request: request.kind == "first")
            )
        )

    def _is_proforma_validity_from_request(self):
        """Return whether the validity still counts from the day on which the cart was
        handed in: the answer took its time, and nobody chose another day.
        """
        self.ensure_one()
        days = self._get_proforma_validity_days()
        if not days or not self._is_proforma_under_review():
            return False
        asked_on = self._get_proforma_first_request().asked_on
        day = today_in(self.company_id._get_proforma_tz(), asked_on)
        return self.validity_date == fields.Date.add(day, days=days)

    def _is_proforma_under_review(self):
        """Return whether the order was a cart that waits for its first pro forma, or
        was refused one.
        """
        return bool(
            self.state == "sent"
            and self.proforma_state == "none"
            and self._get_proforma_first_request()
        )

    def _proforma_hand_in(self, message=None):
        """Make the cart no cart any more; a salesperson makes the pro forma of it.

        :param str message: The visitor's words, plain text, may be empty.
        """
        self._proforma_try_delivery()
        self._proforma_translate_lines()
        self._proforma_assign_salesperson()
        # As core does when a quotation is sent, but nothing was sent.
        self.message_subscribe(partner_ids=self.partner_id.ids)
        self.with_context(tracking_disable=True).state = "sent"
        self._proforma_create_request("first", message=message or False)

    def _proforma_restart_validity(self):
        """Let what was handed in be valid from today, unless somebody chose a day."""
        for order in self:
            if order._is_proforma_validity_from_request():
                order._compute_validity_date()

    def _proforma_try_delivery(self):
        """Add the delivery cost where it is known; the salesperson does the rest."""
        try:
            self._proforma_choose_delivery()
        except UserError:
            self._remove_delivery_line()

    def _proforma_mail_request(self):
        """Send the visitor the way back to his page; a template that fails undoes
        nothing, for the page has said it already.
        """
        try:
            with self.env.cr.savepoint():
                # The salesperson has his to-do.
                self._proforma_post_template(
                    REQUEST_TEMPLATE, notify_skip_followers=True
                )
        except OperationalError:
            raise  # Two at the same time: the server runs the request again.
        except Exception:  # noqa: BLE001
            _logger.warning("Request for %s not confirmed.", self.name, exc_info=True)

    # === BUSINESS METHODS - ISSUE === #

    def _proforma_issue(self):
        """Override of `proforma_ecom`: whoever handed in a cart waits for its mail."""
        is_reviewed = self._is_proforma_under_review()
        answering = self.env.context.get("proforma_request_answering", ())
        request = self._get_proforma_first_request()
        version = super()._proforma_issue()
        # What the inbox answers is sent from there, with the words of the answer.
        if is_reviewed and not request.is_adapting and request.id not in answering:
            self._proforma_send_mail()
        return version

    # === BUSINESS METHODS - CORE'S HOOKS === #

    def _compute_access_url(self):
        """Override of `proforma_ecom`: what waits for its pro forma has a page too."""
        super()._compute_access_url()
        for order in self:
            if order._is_proforma_under_review():
                order.access_url = f"/shop/proforma/requested/{order.id}"

    def _has_to_be_signed(self):
        """Override of `sale`: nothing was offered yet."""
        return not self._is_proforma_under_review() and super()._has_to_be_signed()

    def _has_to_be_paid(self):
        """Override of `sale`: nothing was offered yet."""
        return not self._is_proforma_under_review() and super()._has_to_be_paid()

    def _can_be_edited_on_portal(self):
        """Override of `sale`: what was handed in stays as it is."""
        return (
            not self._is_proforma_under_review() and super()._can_be_edited_on_portal()
        )

    def _action_confirm(self):
        """Override of `sale`: whoever has his order waits for no pro forma any more."""
        res = super()._action_confirm()
        self._proforma_close_review("accepted")
        return res

    def _action_cancel(self):
        """Override of `sale`: nobody makes a pro forma of a cancelled order."""
        res = super()._action_cancel()
        self._proforma_close_review("withdrawn")
        return res

    def _proforma_close_review(self, state):
        """Close what waits for a first pro forma that will not come.

        :param str state: A key of `REQUEST_TRANSITIONS`.
        """
        orders = self.filtered(lambda order: order.proforma_state == "none")
        waiting = orders.sudo().proforma_waiting_request_ids
        user = self.env.user
        waiting.filtered(lambda request: request.kind == "first")._close(
            state, user=user if user._is_internal() else None, tell=False
        )

    def _notify_get_recipients_groups(self, message, model_description, msg_vals=False):
        """Override of `sale`: the button of the e-mail opens the request's page."""
        groups = super()._notify_get_recipients_groups(
            message, model_description, msg_vals=msg_vals
        )
        if len(self) == 1 and self._is_proforma_under_review():
            for name, _filter, options in groups:
                if name == "portal_customer":
                    access = options.setdefault("button_access", {})
                    access["title"] = self.env._("See your request")
        return groups

    # === OVERRIDES - SHOP === #

    def _get_proforma_open_states_domain(self):
        """Override of the rules: what waits for its first pro forma is open too."""
        waiting = [("kind", "=", "first"), ("state", "=", "waiting")]
        return super()._get_proforma_open_states_domain() | (
            Domain("proforma_state", "=", "none")
            & Domain("proforma_request_ids", "any", waiting)
        )

    def _is_proforma_cart(self):
        """Override of the rules: what was handed in is paid as little as a cart."""
        return super()._is_proforma_cart() or self._is_proforma_under_review()

    def _proforma_checkout_payment_error_message(self):
        """Override of the rules: what was handed in is not paid."""
        if self._is_proforma_under_review():
            return self.env._(
                "We are looking at this cart. You pay once you have its pro forma"
                " invoice."
            )
        return super()._proforma_checkout_payment_error_message()

    def _get_proforma_shop_offer_rows(self):
        """Override of the offer to say that somebody looks at it first."""
        rows = super()._get_proforma_shop_offer_rows()
        if self._is_proforma_review_needed():
            company = self.company_id
            answer_by = company._get_proforma_answer_by(fields.Datetime.now())
            rows.insert(
                0,
                self.env._(
                    "We look at it first and answer by %(time)s",
                    time=company._get_proforma_moment_text(answer_by),
                ),
            )
        return rows
