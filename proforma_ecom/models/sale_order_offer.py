from odoo import models
from odoo.exceptions import UserError
from odoo.tools import float_compare, float_round, format_amount, format_date

from ..typed import typed_number, typed_text


class SaleOrder(models.Model):
    """A price that the customer offers, for one line or for the whole."""

    _inherit = "sale.order"

    # === BUSINESS METHODS === #

    def _proforma_make_offer(
        self, typed, version, line=None, partner=None, message=None
    ):
        """Note what the customer offers; the rule of the company or the salesperson
        answers.

        Note: `self.ensure_one()`, in sudo mode.

        :param typed: What he typed: the price of one unit as the document shows it, or
            the total with taxes.
        :param proforma.version version: The version that he saw.
        :param sale.order.line line: What it is for; None: the whole.
        :param res.partner partner: Who offers.
        :param str message: His words, plain text, may be empty.
        :return: `offer_accepted`, `offer_refused` or `offer_asked`.
        :rtype: str
        :raise UserError: If nothing can be offered, or something is wrong with it.
        """
        self._proforma_lock()
        words = typed_text(message)
        about = line is None or line.id
        key = self._get_proforma_request_key(
            "offer", partner, typed, version.id, about, words
        )
        if repeated := self._get_proforma_repeated_request(key):
            return repeated._get_outcome()
        amount = typed_number(typed)
        if line is not None and not line:
            raise UserError(
                self.env._("Choose what your offer is for: this line is not there.")
            )
        line = line or self.env["sale.order.line"]
        if text := (
            self._proforma_offer_error_message(version)
            or self._proforma_words_error_message(words)
            or self._proforma_amount_error_message(amount, line)
        ):
            raise UserError(text)
        amount = self._round_proforma_offer(amount, line)
        figures = self._get_proforma_offer_figures(amount, line)
        vals = self._prepare_proforma_offer_vals(amount, line, figures, words)
        vals |= {"partner_id": (partner or self.partner_id).id, "typed_key": key}
        reason = self._get_proforma_offer_obstacle(amount, line, figures)
        if reason == "floor":
            request = self._proforma_create_request("offer", is_planned=False, **vals)
            request._close("refused", self._get_proforma_floor_text(request))
            return "offer_refused"
        return self._proforma_settle_request("offer", reason, vals, partner)

    def _proforma_offer_error_message(self, version=None):
        """Return why the customer cannot offer another price on the page, or False.

        :param proforma.version version: The version that he saw, if known.
        :rtype: str|bool
        """
        self.ensure_one()
        if self.company_id.proforma_offer_rule == "off":
            return self.env._("Ask us a question if you want to talk about the price.")
        if message := self._proforma_negotiation_error_message(version):
            return message
        if waiting := self._get_proforma_waiting("offer"):
            return self.env._(
                "The last offer, of %(who)s, waits for our answer. Withdraw it if you"
                " want to make another one.",
                who=waiting[0].asked_by,
            )
        return False

    def _proforma_amount_error_message(self, amount, line):
        """Return what is wrong with an amount that was offered, or False.

        :param Decimal|None amount: None: nobody can read it.
        :param sale.order.line line: What it is for; empty: the whole.
        :rtype: str|bool
        """
        self.ensure_one()
        if amount is None:
            return self.env._("Enter an amount, such as 950.00.")
        now = line._get_proforma_shown_price() if line else self.amount_total
        offered = self._round_proforma_offer(amount, line)
        if offered <= 0:
            return self.env._("Enter an amount of more than 0.")
        # "1.200" is one thousand to some; a price of that many decimals is rare.
        if -amount.as_tuple().exponent == 3 > self._get_proforma_offer_digits(line):
            return self.env._("Enter an amount, such as 950.00.")
        if offered >= now:
            return self.env._(
                "It is %(now)s now: offer less, or accept the pro forma as it is.",
                now=format_amount(self.env, now, self.currency_id),
            )
        return False

    def _round_proforma_offer(self, amount, line):
        """Return an amount as it can be offered.

        :param Decimal amount: 0 or more.
        :rtype: float
        """
        digits = self._get_proforma_offer_digits(line)
        return float_round(float(amount), precision_digits=digits)

    def _get_proforma_offer_digits(self, line):
        """Return how many decimals an offer for a line, or for the whole, has."""
        if line:
            return self.env["proforma.snapshot"]._get_price_digits(line)
        return self.currency_id.decimal_places

    def _get_proforma_offer_lines(self):
        """Return the lines on whose price the customer may make an offer.

        :rtype: sale.order.line
        """
        self.ensure_one()
        snapshot = self.env["proforma.snapshot"]
        return self._get_proforma_changeable_lines().filtered(
            lambda line: (
                line.product_uom_qty
                and line.price_unit > 0
                and line.product_id.type != "combo"
                and not snapshot._has_hidden_prices(line)
            )
        )

    # === BUSINESS METHODS - RULE === #

    def _get_proforma_offer_obstacle(self, amount, line, figures):
        """Return why the salesperson has to look at an offer, `floor` if the rule
        refuses it, or False if it is accepted.

        :param float amount: What is offered.
        :param sale.order.line line: What it is for; empty: the whole.
        :param dict figures: See `_get_proforma_offer_figures`.
        :rtype: str|bool
        """
        self.ensure_one()
        company = self.company_id
        if company.proforma_offer_rule != "automatic":
            return "policy"
        if self.signature:
            return "signed"
        made = self.proforma_request_ids.filtered(lambda r: r.kind == "offer")
        if len(made) >= company.proforma_offer_rounds:
            return "rounds"
        if figures["margin"] is None:
            return "cost"
        if (
            float_compare(
                figures["margin"], company.proforma_offer_floor, precision_digits=2
            )
            < 0
        ):
            return "floor"
        now = line._get_proforma_shown_price() if line else self.amount_total
        step = (now - amount) / now * 100
        limit = company.proforma_offer_step
        return "step" if float_compare(step, limit, precision_digits=2) > 0 else False

    # === BUSINESS METHODS - WORDS === #

    def _get_proforma_floor_text(self, request):
        """Return why an offer is refused by rule, in the language of the document.

        :param proforma.request request: The offer.
        :rtype: str
        """
        self.ensure_one()
        order = self.with_context(lang=self._get_proforma_lang())
        version = order.proforma_version_id
        return order.env._(
            "Thank you for your offer of %(offer)s. At this price we cannot deliver"
            " what we promise, so we have to say no. %(name)s of %(total)s stays valid"
            " until %(day)s. You are welcome to make another offer.",
            offer=request._get_offer_text(order.env),
            name=version.name,
            total=order._format_proforma_amount(version.amount_total),
            day=format_date(order.env, version.valid_until),
        )

    def _get_proforma_outcome_text(self, request):
        """Return what became of an accepted offer, in the language of the document.

        :param proforma.request request: The offer.
        :rtype: str
        """
        self.ensure_one()
        order = self.with_context(lang=self._get_proforma_lang())
        total = order._format_proforma_amount(order.amount_total)
        offered = request.amount_asked or request.amount_preview
        if order.currency_id.compare_amounts(order.amount_total, offered):
            return order.env._(
                "You offered %(offer)s. With its taxes the total becomes %(total)s.",
                offer=request._get_offer_text(order.env),
                total=total,
            )
        return order.env._(
            "We accept your offer of %(offer)s. The total is %(total)s.",
            offer=request._get_offer_text(order.env),
            total=total,
        )

    # === HELPERS === #

    def _get_proforma_waiting(self, kind):
        """Return the requests of a kind that wait.

        :rtype: proforma.request
        """
        self.ensure_one()
        return self.proforma_waiting_request_ids.filtered(lambda r: r.kind == kind)

    def _prepare_proforma_offer_vals(self, amount, line, figures, words):
        """Return the values of the request.

        :rtype: dict
        """
        self.ensure_one()
        vals = {"message": words, "amount_preview": figures["total"]}
        if not line:
            return {**vals, "amount_asked": amount}
        row = {
            "order_line_id": line.id,
            "product_id": line.product_id.id,
            "name": line._get_proforma_title(),
            "uom_id": line.product_uom_id.id,
            "quantity_now": line.product_uom_qty,
            "quantity_asked": line.product_uom_qty,
            "price_now": line._get_proforma_shown_price(),
            "price_asked": amount,
        }
        return {**vals, "order_line_id": line.id, "line_ids": [(0, 0, row)]}
