from odoo import models


class SaleOrder(models.Model):
    """Issuing: number, frozen version, deposits, deadline."""

    _inherit = "sale.order"

    # === ACTION METHODS === #

    def action_proforma_issue(self):
        """Issue the orders as pro formas: check, number, freeze, render.

        An order that is issued already and has not changed keeps its version, so that
        a second click has no effect.

        :return: True
        :raise UserError: Listing all that is missing; nothing is changed then.
        """
        self.check_access("write")
        for order in self:
            order._proforma_lock()
            if order.proforma_state == "issued":
                continue
            order._check_proforma_readiness()
            order._proforma_issue()
        return True

    def action_proforma_revise(self):
        """Open the pro formas for changes; the last version stays readable."""
        self.check_access("write")
        self._set_proforma_revising()
        return True

    # === BUSINESS METHODS - ISSUE === #

    def _proforma_issue(self):
        """Number the order, freeze its version and start the clock.

        Note: `self.ensure_one()`; readiness was checked, the row is locked.

        :return: The new version.
        :rtype: proforma.version
        """
        self.ensure_one()
        order = self.with_context(lang=self._get_proforma_lang()).sudo()
        company = order.company_id
        today = company._get_proforma_today()
        order._proforma_settle_schedule()
        order.write(order._prepare_proforma_order_vals(today))
        number = order.proforma_number or company._get_next_proforma_number(today)
        order.proforma_number = number  # A form field of an enclosure may show it.
        order._proforma_assign_references()
        version = self.env["proforma.version"]._create_for_order(order, number, today)
        self._set_proforma_issued(self._prepare_proforma_issue_vals(version))
        version._ensure_pdf()
        return version

    def _prepare_proforma_order_vals(self, today):
        """Return what issuing sets on the order before it is frozen.

        A signature given on an earlier version is void. The customer always signs; he
        pays first if the plan says so.

        :param date today: The company's day.
        :rtype: dict
        """
        self.ensure_one()
        needed = self.proforma_deposit_ids.filtered("needed_to_confirm")
        vals = {
            "require_signature": True,
            "require_payment": bool(needed),
            "signature": False,
            "signed_by": False,
            "signed_on": False,
        }
        if needed:
            share = sum(needed.mapped("amount")) / self.amount_total
            vals["prepayment_percent"] = min(round(share, 4), 1.0) or 0.0001
        if not self.validity_date:
            vals["validity_date"] = self._get_proforma_validity_day(today)
        return vals

    def _prepare_proforma_issue_vals(self, version):
        """Return what issuing sets on the order once its version exists.

        :param proforma.version version: The new version.
        :rtype: dict
        """
        self.ensure_one()
        return {
            "state": "sent",
            "proforma_number": version.number,
            "proforma_version_id": version.id,
            "proforma_issued_on": version.issued_on,
            "proforma_deadline": self.company_id._get_proforma_deadline(
                version.valid_until
            ),
            "proforma_decline_reason_id": False,
            "proforma_accepted_by_hand": False,
        }
