from odoo import api, fields, models
from odoo.exceptions import UserError

from ..const import MAX_VALIDITY_YEARS, PROFORMA_READERS, PROFORMA_TRANSITIONS


class SaleOrder(models.Model):
    """Readiness: what is missing before an order may be issued as a pro forma."""

    _inherit = "sale.order"

    # === FIELDS === #

    proforma_readiness = fields.Json(
        string="Missing for the Pro Forma",
        compute="_compute_proforma_readiness",
        groups=PROFORMA_READERS,
    )

    # === COMPUTE METHODS === #

    @api.depends_context("lang", "uid")
    @api.depends(
        "amount_tax",
        "amount_total",
        "partner_id",
        "partner_invoice_id",
        "partner_shipping_id",
        "fiscal_position_id",
        "proforma_deposit_plan_id",
        "proforma_schedule_gap",
        "proforma_state",
        "state",
        "validity_date",
    )
    def _compute_proforma_readiness(self):
        for order in self:
            is_open = order._is_proforma_open()
            issues = order._get_proforma_readiness_issues() if is_open else []
            order.proforma_readiness = {
                issue["code"]: order._prepare_proforma_readiness_row(issue)
                for issue in issues
            }

    # === BUSINESS METHODS - READINESS === #

    def _check_proforma_readiness(self):
        """Check that the order may be issued; a warning does not stop it.

        :raise UserError: Listing all that is missing.
        """
        self.ensure_one()
        issues = self._get_proforma_readiness_issues()
        if blocking := [i for i in issues if i["severity"] == "blocking"]:
            raise UserError(
                "\n".join(
                    [
                        self.env._(
                            "The pro forma of %(order)s cannot be issued yet:",
                            order=self.name,
                        ),
                        *(f"- {issue['message']}" for issue in blocking),
                    ]
                )
            )

    def _get_proforma_readiness_issues(self):
        """Return what is still missing before the order may be issued.

        Note: `self.ensure_one()`. Extension point: other addons append theirs.

        :return: One dict an issue: `code` (str, stable), `message` (a translated
            sentence that says what is wrong and how to mend it), `severity`
            ("blocking" or "warning") and `fix` (an action to mend it, or None).
        :rtype: list[dict]
        """
        self.ensure_one()
        blocking = {
            **self._get_proforma_order_checks(),
            **self._get_proforma_partner_checks(),
            **self._get_proforma_tax_checks(),
        }
        warnings = {
            **self._get_proforma_issuer_advice(),
            **self._get_proforma_sale_advice(),
        }
        checks = [
            *((code, "blocking", check) for code, check in blocking.items()),
            *((code, "warning", check) for code, check in warnings.items()),
        ]
        return [
            {
                "code": code,
                "message": message,
                "severity": severity,
                "fix": self._get_proforma_readiness_fix(code),
            }
            for code, severity, (is_missing, message) in checks
            if is_missing
        ]

    def _is_proforma_open(self):
        """Return whether the order may still become a pro forma, or a new version."""
        self.ensure_one()
        return (
            self.state in ("draft", "sent")
            and self.proforma_state in PROFORMA_TRANSITIONS["issued"]
        )

    def _prepare_proforma_readiness_row(self, issue):
        """Return an issue as core's widget `actionable_errors` shows it.

        :param dict issue: See `_get_proforma_readiness_issues`.
        :rtype: dict
        """
        return {
            "message": issue["message"],
            "level": "danger" if issue["severity"] == "blocking" else "warning",
            "action": issue["fix"],
            "action_text": self.env._("Fix"),
        }

    # === BUSINESS METHODS - CHECKS === #

    def _get_proforma_order_checks(self):
        """Return the checks of the order itself.

        :return: Code -> whether it fails, message.
        :rtype: dict[str, tuple[bool, str]]
        """
        lines = self.order_line.filtered(
            lambda line: not line.display_type and not line.is_downpayment
        )
        schedule_issue = self._get_proforma_schedule_issue()
        today = self.company_id._get_proforma_today()
        return {
            "state": (
                not self._is_proforma_open(),
                self.env._(
                    "The order is confirmed or cancelled. Duplicate it to start again."
                ),
            ),
            "no_line": (not lines, self.env._("There is no line. Add a product.")),
            "no_product": (
                bool(lines.filtered(lambda line: not line.product_id)),
                self.env._(
                    "A line has no product. Choose one or make the line a note."
                ),
            ),
            "zero_total": (
                bool(lines)
                and self.currency_id.compare_amounts(self.amount_total, 0) <= 0,
                self.env._("The total is not above zero. Enter quantities and prices."),
            ),
            "validity_past": (
                bool(self.validity_date and self.validity_date < today),
                self.env._("The validity has ended. Choose a later expiration date."),
            ),
            "validity_far": (
                bool(
                    self.validity_date
                    and self.validity_date.year > today.year + MAX_VALIDITY_YEARS
                ),
                self.env._(
                    "The validity ends in more than %(years)s years. Choose an earlier"
                    " expiration date.",
                    years=MAX_VALIDITY_YEARS,
                ),
            ),
            "plan_sum": (
                schedule_issue == "plan_sum",
                self.env._(
                    "The instalments of the deposit plan do not add up to the total."
                    " Correct the plan or choose another one."
                ),
            ),
            "schedule_sum": (
                schedule_issue == "schedule_sum",
                self.env._(
                    "The instalments differ from the total by %(gap)s. Correct them, or"
                    " take those of the plan again.",
                    gap=self._format_proforma_amount(self.proforma_schedule_gap),
                ),
            ),
            "schedule_needed": (
                schedule_issue == "schedule_needed",
                self.env._(
                    "Several instalments are needed to confirm the order. One payment"
                    " confirms it: make them one instalment."
                ),
            ),
        }

    def _get_proforma_partner_checks(self):
        """Return the checks of the customer.

        :return: Code -> whether it fails, message.
        :rtype: dict[str, tuple[bool, str]]
        """
        invoice_partner = self.partner_invoice_id
        is_public = not self.partner_id or self.partner_id.is_public
        return {
            "no_customer": (
                is_public,
                self.env._("The customer is unknown. Enter an address."),
            ),
            "no_email": (
                not is_public and not (self.partner_id.email or invoice_partner.email),
                self.env._(
                    "The customer has no e-mail address. Enter it on the contact."
                ),
            ),
            "no_address": (
                not is_public
                and not all(invoice_partner[f] for f in ("street", "city")),
                self.env._(
                    "The invoice address has no street or city. Complete the contact."
                ),
            ),
            "no_country": (
                not is_public and not invoice_partner.country_id,
                self.env._("The invoice address has no country. Complete the contact."),
            ),
        }
