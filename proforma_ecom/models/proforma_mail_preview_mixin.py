from odoo import models
from odoo.exceptions import UserError


class ProformaMailPreviewMixin(models.AbstractModel):
    """Shows in the settings what an e-mail looks like."""

    _name = "proforma.mail.preview.mixin"
    _description = "Preview of Pro Forma E-mails"

    # === BUSINESS METHODS === #

    def _preview_template(self, template, company):
        """Open core's preview of an e-mail on the last pro forma that the user sees.

        :param mail.template template: A template on `sale.order`.
        :param res.company company: Whose pro forma is shown.
        :return: The action.
        :rtype: dict
        :raise UserError: If there is none.
        """
        order = self.env["sale.order"].search(
            [("company_id", "=", company.id), ("proforma_state", "!=", "none")],
            order="proforma_issued_on desc, id desc",
            limit=1,
        )
        if not order:
            raise UserError(
                self.env._("There is no pro forma to show yet. Issue one first.")
            )
        preview = self.env["mail.template.preview"].create(
            {
                "mail_template_id": template.id,
                "resource_ref": f"sale.order,{order.id}",
            }
        )
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "mail.mail_template_preview_action"
        )
        return {**action, "res_id": preview.id}
