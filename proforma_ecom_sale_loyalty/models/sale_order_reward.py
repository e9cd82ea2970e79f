from odoo import models

from odoo.addons.proforma_ecom.const_context import CHECK_LATER

from ..const import CODE_PROGRAM_TYPES, RELEASING_STATES

# Key of the context: the points were checked and are being taken, so that the card has
# less than the order needs until the order is confirmed.
POINTS_CHECKED = "proforma_points_checked"


class SaleOrder(models.Model):
    """The coupons and rewards of a pro forma."""

    _inherit = "sale.order"

    # === BUSINESS METHODS - GUARDS === #

    def _proforma_reward_error_message(self):
        """Return why the rewards of the pro forma cannot be had any more, or False.

        :rtype: str|bool
        """
        self.ensure_one()
        if self.env.context.get(POINTS_CHECKED):
            return False
        coupon = self._get_proforma_short_coupon()
        if not coupon:
            return False
        if coupon.program_type in CODE_PROGRAM_TYPES:
            return self.env._(
                "The code %(code)s has been used meanwhile. Ask us for a new version.",
                code=coupon.code,
            )
        return self.env._(
            "“%(name)s” has not enough left for it any more. Ask us for a new version.",
            name=self._get_proforma_program_name(coupon.program_id),
        )

    def _proforma_reward_change_error_message(self):
        """Return why the rewards may not be changed now, or False.

        :rtype: str|bool
        """
        self.ensure_one()
        if not self._is_proforma_content_kept():
            return False
        if self.proforma_state == "none":
            return self.env._(
                "This is sold at the prices of a pro forma: no code changes them."
            )
        return self.env._(
            "%(name)s was sent with its rewards. Press “Revise” before you change"
            " them.",
            name=self.sudo().proforma_version_id.name,
        )

    def _get_proforma_used_reward_check(self):
        """Return the check that nothing is promised which other orders have used.

        :return: Whether it fails, message.
        :rtype: tuple[bool, str]
        """
        self.ensure_one()
        coupon = self._get_proforma_short_coupon()
        program = coupon.program_id or self._get_proforma_spent_program()
        is_code = coupon.program_type in CODE_PROGRAM_TYPES
        return bool(program), self.env._(
            "“%(name)s” has been used for other orders meanwhile. Remove its line from"
            " the order.",
            name=coupon.code if is_code else self._get_proforma_program_name(program),
        )

    # === BUSINESS METHODS - WHAT IS LEFT === #

    def _has_proforma_rewards(self):
        """Return whether the order has rewards, or what may bring some."""
        self.ensure_one()
        order = self.sudo()
        return bool(order.order_line.reward_id or order._get_proforma_coupons())

    def _get_proforma_coupons(self):
        """Return the coupons that the order takes from or adds to.

        :rtype: loyalty.card
        """
        self.ensure_one()
        return (
            self.applied_coupon_ids
            | self.coupon_point_ids.coupon_id
            | self.order_line.coupon_id
        )

    def _get_proforma_short_coupon(self):
        """Return a coupon that has less left than the order takes from it, if any.

        Whether it has expired does not matter: it was valid when the order was issued.

        :return: In sudo mode.
        :rtype: loyalty.card
        """
        self.ensure_one()
        order = self.sudo()
        return order._get_proforma_coupons().filtered(
            lambda coupon: order._get_real_points_for_coupon(coupon) < 0
        )[:1]

    def _get_proforma_spent_program(self):
        """Return a program of the rewards that other orders have used as often as it
        may be, if any. Before the first issue that is core's to say.

        :return: In sudo mode.
        :rtype: loyalty.program
        """
        self.ensure_one()
        programs = self.sudo().order_line.reward_id.program_id
        if self.proforma_state == "none":
            return programs.browse()
        programs.invalidate_recordset(["order_count", "total_order_count"])
        own = self.proforma_state not in RELEASING_STATES
        return programs.filtered(
            lambda p: p.limit_usage and p.total_order_count - own >= p.max_usage
        )[:1]

    def _get_proforma_program_name(self, program):
        """Return what the customer calls a program: the code that he entered for it,
        else its name.

        :param loyalty.program program: In sudo mode; may be empty.
        :rtype: str
        """
        self.ensure_one()
        rules = self.sudo().code_enabled_rule_ids & program.rule_ids
        name = program.with_context(lang=self.env.lang).name
        return rules[:1].code or name or ""

    # === BUSINESS METHODS - CHANGES === #

    def _proforma_update_rewards(self):
        """Let the rewards follow what was changed on purpose, as core does when an
        order is confirmed.

        Whoever calls it compares the order with its version, or issues a new one.
        """
        self.ensure_one()
        order = self.sudo().with_company(self.company_id)
        order.with_context(**{CHECK_LATER: True})._update_programs_and_rewards()

    def _get_proforma_rewarded_total(self, changes, today):
        """Return the total of the order with other prices, and the rewards that follow
        from them. Nothing is written.

        :param dict changes: See `_get_proforma_price_changes`.
        :param date today: The company's day.
        :rtype: float
        """
        self.ensure_one()
        with self.env.cr.savepoint() as savepoint:
            self._proforma_apply_price_changes(changes, today)
            self._proforma_update_rewards()
            total = self.amount_total
            savepoint.rollback()
        return total

    # === BUSINESS METHODS - OTHER ORDERS === #

    def _proforma_report_used_coupons(self, coupons):
        """Tell who looks after other pro formas with these coupons that those cannot be
        accepted any more.

        :param loyalty.card coupons: What the orders have just used; in sudo mode.
        """
        # What core makes for an order is of no use to another one.
        shared = coupons.exists().filtered(lambda coupon: coupon.order_id not in self)
        if not shared:
            return
        others = self.sudo().search(
            [
                ("proforma_state", "=", "issued"),
                ("order_line.coupon_id", "in", shared.ids),
            ]
        )
        others.filtered(
            lambda order: order._proforma_reward_error_message()
        )._proforma_schedule_activity(
            lambda order: (
                order.env._(
                    "A reward of %(name)s is used up: send a new version",
                    name=order.proforma_version_id.name,
                ),
                order._proforma_reward_error_message(),
            )
        )
