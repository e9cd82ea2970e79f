from odoo import api, fields, models

from ..notices import NOTICE_KINDS, NOTICES


class ProformaNotice(models.Model):
    _name = "proforma.notice"
    _inherit = ["proforma.mail.preview.mixin"]
    _description = "Pro Forma Status E-mail"
    _order = "company_id, id"
    _rec_name = "kind"

    # === FIELDS === #

    kind = fields.Selection(NOTICE_KINDS, string="When", required=True, readonly=True)
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="cascade"
    )
    is_active = fields.Boolean(string="Sent")
    active_since = fields.Datetime(
        readonly=True,
        help="What happened before is not told any more.",
    )
    template_id = fields.Many2one(
        "mail.template",
        domain=[("model", "=", "sale.order")],
        ondelete="set null",
        help="Empty: the one that comes with the application.",
    )

    _kind_uniq = models.UniqueIndex(
        "(company_id, kind)", "A company has each status e-mail once."
    )

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        """Override of the ORM to note since when it is sent."""
        now = fields.Datetime.now()
        return super().create([{"active_since": now, **vals} for vals in vals_list])

    def write(self, vals):
        """Override of the ORM to note since when it is sent."""
        if vals.get("is_active"):
            off = self.filtered(lambda notice: not notice.is_active)
            super(ProformaNotice, off).write({"active_since": fields.Datetime.now()})
        return super().write(vals)

    # === ACTION METHODS === #

    def action_preview(self):
        """Open core's preview of the e-mail on the last pro forma of which it tells.

        :raise UserError: If there is none.
        """
        self.ensure_one()
        template = self._get_template()
        return self._preview_template(template, self.company_id, self.kind)

    # === HELPERS === #

    def _get_template(self):
        """Return the template of the e-mail: the chosen one, or the one we ship.

        :rtype: mail.template
        :raise UserError: If it was deleted.
        """
        self.ensure_one()
        return self.template_id or self.env["sale.order"]._get_proforma_mail_template(
            self._get_shipped_xmlid()
        )

    def _is_template(self, template):
        """Return whether the e-mail is written with a template; if its own one was
        deleted, it is with none.

        :param mail.template template: A template on `sale.order`.
        """
        self.ensure_one()
        own = self.template_id or self.env.ref(
            self._get_shipped_xmlid(), raise_if_not_found=False
        )
        return own == template

    def _get_shipped_xmlid(self):
        self.ensure_one()
        _name, _is_active, xmlid = NOTICES[self.kind]
        return f"proforma_ecom.{xmlid}"
