import logging

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import float_compare

from ..typed import typed_text

_logger = logging.getLogger(__name__)


class SaleOrder(models.Model):
    """A change that the customer asks for: made at once by the rule of the company, or
    left to the salesperson.
    """

    _inherit = "sale.order"

    # === BUSINESS METHODS === #

    def _proforma_request_change(self, typed, version, partner=None, message=None):
        """Make a change that the customer asks for, or ask the salesperson to.

        Note: `self.ensure_one()`, in sudo mode.

        :param dict typed: See `_read_proforma_change`.
        :param proforma.version version: The version that the customer saw.
        :param res.partner partner: Who asks.
        :param str message: His words, plain text, may be empty.
        :return: `change_accepted` if there is a new version, `change_asked` if somebody
            has to look at it.
        :rtype: str
        :raise UserError: If nothing can be changed, or something is wrong with it.
        """
        self._proforma_lock()
        words = typed_text(message)
        key = self._get_proforma_request_key(
            "change", partner, typed, version.id, words
        )
        if repeated := self._get_proforma_repeated_request(key):
            return repeated._get_outcome()
        if text := (
            self._proforma_change_error_message(version)
            or self._proforma_words_error_message(words)
        ):
            raise UserError(text)
        change = self._read_proforma_change(typed)
        if change.errors:
            raise UserError(next(iter(change.errors.values())))
        if change.is_empty():
            raise UserError(self.env._("Nothing is changed yet: choose what you want."))
        figures = self._get_proforma_change_figures(change)
        vals = {
            "partner_id": (partner or self.partner_id).id,
            "message": words,
            "typed_key": key,
            "amount_preview": figures["total"],
            "line_ids": self._prepare_proforma_change_lines(change, figures),
            **self._prepare_proforma_choice_vals(change.choices),
        }
        reason = self._get_proforma_change_obstacle(change, figures)
        return self._proforma_settle_request("change", reason, vals, partner)

    def _proforma_change_error_message(self, version=None):
        """Return why the customer cannot change the pro forma on the page, or False.

        :param proforma.version version: The version that he saw, if known.
        :rtype: str|bool
        """
        self.ensure_one()
        if self.company_id.proforma_change_rule == "off":
            return self.env._("Ask us a question if you want to change something.")
        return self._proforma_negotiation_error_message(version)

    def _proforma_settle_request(self, kind, reason, vals, partner=None):
        """Do what was asked by rule, or leave it to the salesperson.

        :param str kind: `change` or `offer`.
        :param str reason: Why nobody but the salesperson may do it, see
            `_get_proforma_waiting_reason`, or False.
        :param dict vals: Values of the request.
        :return: The kind with `_accepted` or `_asked`.
        :rtype: str
        """
        self.ensure_one()
        if reason:
            note = self._get_proforma_waiting_reason(reason)
        elif not (note := self._try_proforma_request(kind, vals)):
            if vals.get("message"):  # Somebody shall read it all the same.
                self._proforma_post_customer_message(vals["message"], partner)
            return f"{kind}_accepted"
        self._proforma_create_request(kind, note=note, **vals)
        if kind == "change":
            self._set_proforma_revising(partner=partner)
        return f"{kind}_asked"

    def _try_proforma_request(self, kind, vals):
        """Do what was asked; what keeps it from being issued undoes it.

        :param str kind: `change` or `offer`.
        :param dict vals: Values of the request.
        :return: Why it is undone, or False.
        :rtype: str|bool
        """
        self.ensure_one()
        try:
            with self.env.cr.savepoint():
                request = self._proforma_create_request(kind, is_planned=False, **vals)
                request._accept_by_rule()
        except UserError as error:
            _logger.info("Request of order %s not met: %s", self.id, error)
            return str(error)
        return False

    # === BUSINESS METHODS - RULE === #

    def _get_proforma_change_obstacle(self, change, figures):
        """Return why the salesperson has to look at a change, or False.

        :param ProformaChange change: What is asked for.
        :param dict figures: See `_get_proforma_change_figures`.
        :return: A key of `_get_proforma_waiting_reason`.
        :rtype: str|bool
        """
        self.ensure_one()
        company = self.company_id
        if company.proforma_change_rule != "automatic":
            return "policy"
        if self.signature:
            return "signed"
        products = self.env["product.product"].union(
            *(line.product_id for line, qty in change.quantities.items() if qty),
            *change.additions,
        )
        if products.filtered(lambda product: not (product.active and product.sale_ok)):
            return "product"
        if not figures["is_delivery_rated"]:
            return "delivery"
        if self._is_proforma_change_of_agreed_prices(change, figures):
            return "discount"
        if self._is_proforma_change_of_gifts(change, figures):
            return "gift"
        percent = abs(self._get_proforma_renewal_percent(figures["total"]))
        limit = company.proforma_change_limit
        return (
            "limit" if float_compare(percent, limit, precision_digits=2) > 0 else False
        )

    def _is_proforma_change_of_agreed_prices(self, change, figures):
        """Return whether the customer would get less for a price that was agreed on for
        more, or a larger discount than the price list gives.

        :param ProformaChange change: What is asked for.
        :param dict figures: See `_get_proforma_change_figures`.
        :rtype: bool
        """
        self.ensure_one()
        if any(line._is_proforma_discount() for line in self.order_line):
            return True
        discounts = figures["discounts"]
        for line in self._get_proforma_changeable_lines():
            is_agreed = (
                not line._is_proforma_list_priced()
                or line._has_proforma_manual_discount()
            )
            now = line.product_uom_qty
            if is_agreed and change.quantities.get(line, now) < now:
                return True
            raised = line._compare_proforma_discounts(
                discounts.get(line.id, 0.0), line.discount
            )
            if is_agreed and raised > 0:
                return True
        return False

    def _is_proforma_change_of_gifts(self, change, figures):
        """Return whether the customer wants more, by more than the limit, of what is
        free or cheap by agreement: the total alone would hardly tell.

        :param ProformaChange change: What is asked for.
        :param dict figures: See `_get_proforma_change_figures`.
        :rtype: bool
        """
        self.ensure_one()
        factor = 1 + self.company_id.proforma_change_limit / 100
        for line, quantity in change.quantities.items():
            most = max(line.product_uom_qty, 1.0) * factor
            is_gift = (
                line._has_proforma_manual_discount()
                or not line._is_proforma_list_priced()
                or self.currency_id.is_zero(line._get_proforma_shown_price())
            )
            if is_gift and line.product_uom_id.compare(quantity, most) > 0:
                return True
        for product, quantity in change.additions.items():
            price = float(figures["lines"][f"add_{product.id}"]["price_unit"] or 0)
            is_gift = self.currency_id.is_zero(price)
            if is_gift and product.uom_id.compare(quantity, factor) > 0:
                return True
        return False

    def _get_proforma_waiting_reason(self, reason):
        """Return why a request is not met by itself, in words for the salesperson.

        :rtype: str
        """
        user = self._get_proforma_responsible_user()
        env = self.with_context(lang=user.lang).env
        return {
            "policy": env._("You decide on it."),
            "signed": env._("The customer has signed the present version."),
            "product": env._("A product is not sold any more."),
            "delivery": env._("The delivery cost may change: check it."),
            "discount": env._(
                "Prices or discounts were agreed on for the present quantities."
            ),
            "gift": env._(
                "More than the settings allow is asked of what is free or has an agreed"
                " price."
            ),
            "limit": env._("The total changes by more than the settings allow."),
            "step": env._("It is lower than the settings allow at once."),
            "rounds": env._("The customer has used up his offers."),
            "cost": env._("The cost of a product is not known."),
        }[reason]

    # === HELPERS === #

    def _prepare_proforma_choice_vals(self, choices):
        """Return the values of a request for what was chosen from lists. Extension
        point, see also `_get_choices` of the request.

        :param dict choices: Name of a field -> record.
        :rtype: dict
        """
        return {}

    def _prepare_proforma_change_lines(self, change, figures):
        """Return the lines of a request for a change, as commands.

        :param ProformaChange change: What is asked for.
        :param dict figures: See `_get_proforma_change_figures`.
        :rtype: list
        """
        commands = [
            Command.create(
                {
                    "order_line_id": line.id,
                    "product_id": line.product_id.id,
                    "name": line._get_proforma_title(),
                    "uom_id": line.product_uom_id.id,
                    "quantity_now": line.product_uom_qty,
                    "quantity_asked": quantity,
                    "price_now": line.price_unit,
                }
            )
            for line, quantity in change.quantities.items()
        ]
        return commands + [
            Command.create(
                {
                    "product_id": product.id,
                    "name": product.display_name,
                    "uom_id": product.uom_id.id,
                    "quantity_asked": quantity,
                    # What it would cost, as the customer saw it.
                    "price_now": float(
                        figures["lines"][f"add_{product.id}"]["price_unit"]
                    ),
                }
            )
            for product, quantity in change.additions.items()
        ]
