from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..notices import PREVIEW_DOMAINS


class ProformaMailPreviewMixin(models.AbstractModel):
    """Shows in the settings what an e-mail looks like."""

    _name = "proforma.mail.preview.mixin"
    _description = "Preview of Pro Forma E-mails"

    # === BUSINESS METHODS === #

    def _preview_template(self, template, company, kind):
        """Open core's preview of an e-mail on the last pro forma of which it would
        tell, or else on the last one that the user sees.

        :param mail.template template: A template on `sale.order`.
        :param res.company company: Whose pro forma is shown.
        :param str kind: A key of `PREVIEW_DOMAINS`.
        :return: The action.
        :rtype: dict
        :raise UserError: If there is no pro forma at all.
        """
        order = self._get_previewed_order(company, kind)
        if not order:
            raise UserError(
                self.env._("There is no pro forma to show yet. Issue one first.")
            )
        preview = self.env["mail.template.preview"].create(
            {
                "mail_template_id": template.id,
                "resource_ref": f"sale.order,{order.id}",
                "proforma_kind": kind,
            }
        )
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "mail.mail_template_preview_action"
        )
        return {**action, "res_id": preview.id}

    def _get_previewed_order(self, company, kind):
        """Return the pro forma that a preview is about, see `_preview_template`.

        :rtype: sale.order
        """
        orders = self.env["sale.order"]
        seen = Domain("company_id", "=", company.id)
        seen &= Domain("proforma_state", "!=", "none")
        latest = {"order": "proforma_issued_on desc, id desc", "limit": 1}
        told = Domain(PREVIEW_DOMAINS[kind])
        return orders.search(seen & told, **latest) or orders.search(seen, **latest)
