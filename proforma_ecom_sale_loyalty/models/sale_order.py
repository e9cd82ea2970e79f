from odoo import models
from odoo.exceptions import UserError

from odoo.addons.proforma_ecom.const_context import CHECK_LATER

from .sale_order_reward import POINTS_CHECKED


class SaleOrder(models.Model):
    _inherit = "sale.order"

    # === COMPUTE METHODS === #

    def _compute_gift_card_count(self):
        """Override of `sale_loyalty`: who may not read coupons, such as an accountant,
        is shown the order all the same, without the way to its gift cards.
        """
        if not self.env["loyalty.card"].has_access("read"):
            self.gift_card_count = 0
            return None
        return super()._compute_gift_card_count()

    # === ACTION METHODS === #

    def action_confirm(self):
        """Override of `sale_loyalty` to say which reward is gone before core takes the
        points, and to tell who looks after other pro formas with the same coupons.

        :raise UserError: If a pro forma holds what has been used meanwhile.
        """
        for order in self.filtered(lambda order: order.proforma_state == "issued"):
            if message := order._proforma_reward_error_message():
                raise UserError(message)
        coupons = self.sudo().order_line.coupon_id
        # Core takes the points first and asks whether it may confirm afterwards.
        orders = self.with_context(**{POINTS_CHECKED: True})
        res = super(SaleOrder, orders).action_confirm()
        self._proforma_report_used_coupons(coupons)
        return res

    def action_open_reward_wizard(self):
        """Override of `sale_loyalty`: what was sent is revised first.

        :raise UserError: If the pro forma is issued.
        """
        self.ensure_one()
        if message := self._proforma_reward_change_error_message():
            raise UserError(message)
        return super().action_open_reward_wizard()

    def action_proforma_issue(self):
        """Override of `proforma_ecom` to let the rewards follow what was changed, as
        core does when an order is confirmed: from now on they stay.
        """
        self.check_access("write")
        for order in self:
            order._proforma_lock()
            if order._is_proforma_open():
                order._proforma_update_rewards()
        return super().action_proforma_issue()

    # === BUSINESS METHODS - GUARDS === #

    def _proforma_acceptance_error_message(self, version=None, now=None):
        """Override of `proforma_ecom`: what the rewards cost must still be there."""
        return (
            super()._proforma_acceptance_error_message(version, now)
            or self._proforma_reward_error_message()
        )

    def _get_proforma_order_checks(self):
        """Override of `proforma_ecom`: nothing is promised again that has been used."""
        return {
            **super()._get_proforma_order_checks(),
            "reward_used": self._get_proforma_used_reward_check(),
        }

    def _get_proforma_status_texts(self):
        """Override of `proforma_ecom` to say why the customer cannot accept."""
        texts = super()._get_proforma_status_texts()
        if self.proforma_state == "issued" and (
            message := self._proforma_reward_error_message()
        ):
            for key in ("issued", "expiring"):
                texts[key] = (texts[key][0], message, "warning")
        return texts

    # === BUSINESS METHODS - CHANGES === #

    def _proforma_apply_change(self, change):
        """Override of `proforma_ecom`: the rewards follow the quantities."""
        res = super()._proforma_apply_change(change)
        if self._has_proforma_rewards():
            self._proforma_update_rewards()
        return res

    def _prepare_proforma_renewal(self, today):
        """Override of `proforma_ecom`: the rewards follow the prices of today."""
        plan = super()._prepare_proforma_renewal(today)
        if self._has_proforma_rewards():
            plan["total"] = self._get_proforma_rewarded_total(plan["changes"], today)
        return plan

    def _get_proforma_renewal_obstacle(self, changes, total):
        """Override of `proforma_ecom`: somebody looks at what becomes of rewards. That
        their products are not sold is no reason of its own.
        """
        obstacle = super()._get_proforma_renewal_obstacle(changes, total)
        if obstacle in (False, "product") and self.sudo().order_line.reward_id:
            return "reward"
        return obstacle

    def _get_proforma_renewal_reason(self, plan):
        """Override of `proforma_ecom` to explain the obstacle of above."""
        if plan["reason"] == "reward":
            return self.env._("It has a coupon or a reward: check it.")
        return super()._get_proforma_renewal_reason(plan)

    def _proforma_apply_renewal(self, plan, today):
        """Override of `proforma_ecom`: the rewards follow the prices of today."""
        super()._proforma_apply_renewal(plan, today)
        if self._has_proforma_rewards():
            self._proforma_update_rewards()

    # === BUSINESS METHODS - CORE'S HOOKS === #

    def _update_programs_and_rewards(self):
        """Override of `sale_loyalty`: what was issued is kept as it was printed, though
        a promotion has ended since; also while it is confirmed. What is bought in the
        shop has no rewards, but gives points, and the gift cards that it is about.
        """
        context = self.env.context
        is_bought = self.proforma_state == "none" and context.get(POINTS_CHECKED)
        if not (is_bought or context.get(CHECK_LATER)) and (
            self._is_proforma_content_kept()
        ):
            return None
        return super()._update_programs_and_rewards()

    def _try_apply_code(self, code):
        """Override of `sale_loyalty`: what was sent is revised first. A visitor's code
        that waits in his session changes no pro forma either.
        """
        self.ensure_one()
        if message := self._proforma_reward_change_error_message():
            return {"error": message}
        return super()._try_apply_code(code)
