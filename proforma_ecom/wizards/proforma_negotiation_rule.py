import logging

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

_logger = logging.getLogger(__name__)


class ProformaNegotiationRule(models.TransientModel):
    """The rules of a company for what its customers ask for, in the hands of who is
    answerable for its sales: core's settings are for administrators only.
    """

    _name = "proforma.negotiation.rule"
    _description = "Negotiation Rules"
    _inherit = ["proforma.request.company.mixin"]

    # === FIELDS === #

    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        default=lambda self: self.env.company,
    )
    company_written_on = fields.Datetime(
        readonly=True,
        default=lambda self: self.env.company.sudo().write_date,
        help="When the company was last changed before its rules were read.",
    )

    @api.model
    def default_get(self, fields):
        """Override to begin with the rules that hold."""
        company = self.env.company.sudo()
        rules = {name: company[name] for name in self._get_rule_names()}
        return {
            **super().default_get(fields),
            **{name: value for name, value in rules.items() if name in fields},
        }

    # === COMPUTE METHODS === #

    @api.depends("company_id")
    def _compute_display_name(self):
        for wizard in self:
            wizard.display_name = wizard.company_id.name

    # === ACTION METHODS === #

    def action_save(self):
        """Let the rules hold from now on.

        :raise AccessError: If they are not those of a company of the user.
        :raise UserError: If somebody else has changed them since they were opened.
        """
        self.ensure_one()
        self.check_access("write")
        if self.company_id not in self.env.companies:
            raise AccessError(
                self.env._(
                    "These are the rules of another company. Switch to it, and open"
                    " them again."
                )
            )
        company = self.company_id.sudo()
        names = self._get_rule_names()
        vals = {name: self[name] for name in names if self[name] != company[name]}
        self._check_read_last()
        company.write(vals)
        _logger.info(
            "Negotiation rules of company %s: user %s set %s",
            company.id,
            self.env.uid,
            vals,
        )
        return {"type": "ir.actions.act_window_close"}

    # === HELPERS === #

    def _check_read_last(self):
        """Check that the rules are those that the user has seen: what somebody else
        decided meanwhile is not undone by the way.

        :raise UserError: If they may be others.
        """
        company = self.company_id.sudo()
        # What the client sends back has no fraction of a second.
        if company.write_date.replace(microsecond=0) > self.company_written_on:
            raise UserError(
                self.env._(
                    "%(name)s has changed the company since you opened its rules."
                    " Close this window, open it again and enter your changes anew.",
                    name=company.write_uid.name,
                )
            )

    @api.model
    def _get_rule_names(self):
        """Return the names of the fields, which are those of the company."""
        rules = self.env["proforma.request.company.mixin"]._fields
        return [name for name in rules if name.startswith("proforma_")]
