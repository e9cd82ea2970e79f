from odoo import fields, models
from odoo.fields import Command

from ..utils import split_total


class ProformaIssueMixin(models.AbstractModel):
    """Issuing: number, frozen version, deposits, deadline."""

    _name = "proforma.issue.mixin"
    _description = "Pro Forma Issue"

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
        order.write(order._prepare_proforma_order_vals(today))
        order._proforma_replace_deposits()
        number = order.proforma_number or company._get_next_proforma_number(today)
        order.proforma_number = number  # A form field of an enclosure may show it.
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
        shares = self._get_proforma_deposit_plan_lines().filtered("needed_to_confirm")
        percent = sum(shares.mapped("percent"))
        vals = {
            "require_signature": True,
            "require_payment": bool(percent),
            "signature": False,
            "signed_by": False,
            "signed_on": False,
        }
        if percent:
            vals["prepayment_percent"] = percent / 100
        if not self.validity_date:
            days = self.company_id.quotation_validity_days or 30
            vals["validity_date"] = fields.Date.add(today, days=days)
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

    # === BUSINESS METHODS - SCHEDULE === #

    def _get_proforma_deposit_plan_lines(self):
        """Return the instalments that the order's plan asks for.

        :rtype: recordset of `proforma.deposit.plan.line`
        """
        return self.sudo().proforma_deposit_plan_id.line_ids

    def _proforma_replace_deposits(self):
        """Plan the deposits anew; what is due or paid already stays."""
        self.ensure_one()
        self.proforma_deposit_ids.filtered(lambda d: d.state == "planned").unlink()
        if not self.proforma_deposit_ids:
            self.proforma_deposit_ids = [
                Command.create(vals) for vals in self._prepare_proforma_deposits_vals()
            ]

    def _is_proforma_schedule_changed(self):
        """Return whether the plan asks for other deposits than those of the version.

        Labels apart: they are in the language of the version.
        """
        self.ensure_one()
        fnames = ("percent", "trigger", "nature", "needed_to_confirm")
        planned = self._prepare_proforma_deposits_vals()
        return [[vals[f] for f in fnames] for vals in planned] != [
            [deposit[f] for f in fnames] for deposit in self.sudo().proforma_deposit_ids
        ]

    def _prepare_proforma_deposits_vals(self):
        """Return one dict an instalment; their amounts add up to the order's total.

        :rtype: list[dict]
        """
        self.ensure_one()
        lines = self._get_proforma_deposit_plan_lines()
        amounts = split_total(
            self.amount_total, lines.mapped("percent"), self.currency_id.round
        )
        return [
            {
                "sequence": position,
                "name": line.name,
                "percent": line.percent,
                "amount": amount,
                "trigger": line.trigger,
                "nature": line.nature,
                "needed_to_confirm": line.needed_to_confirm,
            }
            for position, (line, amount) in enumerate(
                zip(lines, amounts, strict=True), start=1
            )
        ]
