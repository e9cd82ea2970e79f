from odoo import api, fields, models
from odoo.exceptions import UserError

from ..const import (
    JUST_ACCEPTED_SECONDS,
    PROFORMA_FROZEN_ORDER_FIELDS,
    PROFORMA_INITIAL_VALUES,
    PROFORMA_PRINTED_ORDER_FIELDS,
    PROFORMA_REVISABLE_STATES,
)
from ..const_context import CHECK_LATER


class SaleOrder(models.Model):
    """Keeps what was sent as it was sent, whoever writes on the order and how."""

    _inherit = "sale.order"

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `sale` to refuse made-up pro formas."""
        for vals in vals_list:
            self._check_proforma_protected_fields(vals)
        # Given here, no default of a context or of a user can take their place.
        initial = self._get_proforma_initial_values()
        return super().create([{**initial, **vals} for vals in vals_list])

    def write(self, vals):
        """Override of `sale`: what was sent does not change without a revision."""
        self._check_proforma_protected_fields(vals)
        self._check_proforma_frozen_fields(vals)
        is_printed = not self._get_proforma_printed_fields().isdisjoint(vals)
        # The lines say the same again only when all of them are written.
        order = self.with_context(**{CHECK_LATER: True}) if is_printed else self
        res = super(SaleOrder, order).write(vals)
        if "proforma_deposit_ids" in vals:
            self._proforma_note_edited_schedule()
        if is_printed and not self.env.context.get(CHECK_LATER):
            self._proforma_revise_if_changed()
        if "commitment_date" in vals:
            self._proforma_date_deposits()
        self._proforma_follow_state(vals.get("state"))
        return res

    def web_save(self, vals, specification, next_id=None):
        """Override of `web`, which saves what a user typed into the form: not over what
        the customer accepted meanwhile.

        :raise UserError: If he did, and something that is printed would change.
        """
        if not self._get_proforma_printed_fields().isdisjoint(vals):
            self._check_proforma_just_accepted()
        return super().web_save(vals, specification, next_id=next_id)

    def _check_proforma_just_accepted(self):
        """Check that the customer did not accept at this very moment: on the user's
        screen it was still open, and the order would cost what nobody signed.

        :raise UserError: If he did.
        """
        since = fields.Datetime.subtract(
            fields.Datetime.now(), seconds=JUST_ACCEPTED_SECONDS
        )
        for order in self:
            events = order.sudo().proforma_event_ids.filtered(
                lambda e: (
                    e.kind == "accepted" and not e.user_id and e.occurred_on > since
                )
            )
            if (
                events
                and order.proforma_state == "accepted"
                and not order.proforma_accepted_by_hand
            ):
                raise UserError(
                    self.env._(
                        "%(customer)s accepted %(name)s a moment ago, while you changed"
                        " it. Your change is not saved: load the page again, and wait"
                        " half a minute if the order shall be changed all the same.",
                        customer=order.signed_by,
                        name=order.sudo().proforma_version_id.name,
                    )
                )

    def _proforma_note_edited_schedule(self):
        """Note whether the instalments still follow the plan after a write."""
        for order in self.sudo().filtered(lambda order: order._is_proforma_open()):
            is_edited = order._is_proforma_schedule_changed()
            if order.proforma_schedule_edited != is_edited:
                order.proforma_schedule_edited = is_edited

    @api.model
    def _get_proforma_initial_values(self):
        """Return the fields that only our methods may write, with what a new order has.

        Extension point.

        :rtype: dict
        """
        return PROFORMA_INITIAL_VALUES

    def _check_proforma_protected_fields(self, vals):
        """Check that a user does not write what only our methods may write.

        :param dict vals: The values of `create` or `write`.
        :raise UserError: If a protected field is among them.
        """
        protected = self._get_proforma_initial_values().keys()
        if not self.env.su and not protected.isdisjoint(vals):
            raise UserError(
                self.env._(
                    "Number, state and deadline of a pro forma follow from its issue"
                    " and acceptance; they cannot be written."
                )
            )

    def _check_proforma_frozen_fields(self, vals):
        """Check that nobody writes around the issue and the acceptance of a pro forma.

        :param dict vals: The values of `write`.
        :raise UserError: If signature or company of a pro forma are among them, or a
            state that it may not have.
        """
        proformas = self.filtered(lambda order: order.proforma_state != "none")
        if self.env.su or not proformas:
            return
        if not PROFORMA_FROZEN_ORDER_FIELDS.isdisjoint(vals):
            raise UserError(
                self.env._(
                    "The signature and the company of a pro forma cannot be written."
                    " Use “Accept for the Customer” to record his acceptance."
                )
            )
        if vals.get("state") == "draft":
            raise UserError(
                self.env._("A pro forma does not become a quotation again. Revise it.")
            )
        for order in proformas if vals.get("state") == "sale" else ():
            if message := order._confirmation_error_message():
                raise UserError(message)

    def _proforma_follow_state(self, state):
        """Accept or cancel the pro formas whose core state was written just now,
        whether by core's buttons, the portal, a payment or the API.

        :param str state: The value of `sale.order.state`, may be None.
        """
        if state not in ("sale", "cancel"):
            return
        proformas = self.filtered(lambda order: order.proforma_state != "none")
        if state == "cancel":
            proformas._set_proforma_cancelled()
        elif state == "sale":
            for order in proformas.filtered(lambda o: o.proforma_state == "issued"):
                order._set_proforma_accepted(
                    partner=order._get_proforma_signing_partner(),
                    note=order.proforma_accepted_by_hand,
                )._proforma_on_accepted()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_proforma(self):
        if self.filtered("proforma_number"):
            raise UserError(
                self.env._(
                    "An order that was issued as a pro forma keeps its number and"
                    " cannot be deleted. Cancel it instead."
                )
            )

    # === BUSINESS METHODS - REVISION === #

    def _recompute_prices(self):
        """Override of `sale` to compare with the version once, not for each line."""
        super(SaleOrder, self.with_context(**{CHECK_LATER: True}))._recompute_prices()
        self._proforma_revise_if_changed()

    def _recompute_taxes(self):
        """Override of `sale` to compare with the version once, not for each line."""
        super(SaleOrder, self.with_context(**{CHECK_LATER: True}))._recompute_taxes()
        self._proforma_revise_if_changed()

    @api.model
    def _get_proforma_printed_fields(self):
        """Return the fields of the order whose change may change what is printed.

        Extension point.

        :rtype: frozenset[str]
        """
        return PROFORMA_PRINTED_ORDER_FIELDS

    def _is_proforma_content_kept(self):
        """Return whether the lines are those that were sent, for which nothing is
        computed anew by itself: other addons ask before they do. Extension point.

        Who changes them on purpose, with `CHECK_LATER` in the context, does not ask.
        """
        self.ensure_one()
        return self.proforma_state == "issued"

    def _proforma_revise_if_changed(self):
        """Move to `revising` the pro formas that no longer match their version; those
        that are accepted spread what is left to pay anew.
        """
        self._proforma_rebalance_deposits()
        for order in self:
            if order.proforma_state not in PROFORMA_REVISABLE_STATES:
                continue
            if order._is_proforma_text_changed() or (
                order._is_proforma_enclosure_changed()
            ):
                order._set_proforma_revising()

    def _is_proforma_text_changed(self):
        """Return whether the order says other things than its current version."""
        self.ensure_one()
        version = self.proforma_version_id.sudo()
        snapshot = self.env["proforma.snapshot"]
        frozen, lang = version._get_document(), version._get_usable_lang()
        current = snapshot._prepare_document(self.sudo().with_context(lang=lang), {})
        if lang != version.lang:  # Its texts cannot be written any more.
            return snapshot._get_figures(frozen) != snapshot._get_figures(current)
        if snapshot._is_changed(frozen, current):
            return True
        # Since format 2 the document knows its plan, and what was planned by hand is
        # part of the comparison.
        is_known = "choices" in frozen["document"]
        return not is_known and self._is_proforma_schedule_changed()
