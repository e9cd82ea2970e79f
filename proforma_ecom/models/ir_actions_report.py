import base64
import io

from markupsafe import Markup

from odoo import api, models
from odoo.exceptions import UserError

REPORT_NAME = "proforma_ecom.report_proforma"

# Entries of `specific_paperformat_args` -> options of wkhtmltopdf that they replace.
REPLACED_OPTIONS = {
    "data-report-javascript-delay": "--javascript-delay",
    "data-report-zoom": "--zoom",
    "data-report-page-size": "--page-size",
}


class IrActionsReport(models.Model):
    _inherit = "ir.actions.report"

    # === BUSINESS METHODS === #

    def _render_qweb_pdf_prepare_streams(self, report_ref, data, res_ids=None):
        """Override of `base` to hand out the PDF that was issued.

        The customer holds that file, so it is never rendered anew; one that is missing
        is stored first. Does not call `super()` for our report: there is no HTML to
        convert.

        :raise UserError: If a PDF is missing and cannot be rendered now.
        """
        if not res_ids or self._get_report(report_ref).report_name != REPORT_NAME:
            return super()._render_qweb_pdf_prepare_streams(
                report_ref, data, res_ids=res_ids
            )
        orders = self.env["sale.order"].browse(res_ids)
        orders.check_access("read")
        versions = self._get_proforma_versions(orders)
        versions._ensure_pdf()
        versions._check_pdf()
        return {
            version.order_id.id: {
                "stream": io.BytesIO(version.attachment_id.raw),
                "attachment": version.attachment_id,
            }
            for version in versions
        }

    def _get_rendering_context(self, report, docids, data):
        """Override of `account`: a posted deposit invoice is an invoice.

        Core calls it "Proforma Invoice" until its PDF was made; to a customer who has
        just accepted a pro forma that is another pro forma.
        """
        context = super()._get_rendering_context(report, docids, data)
        if context.get("proforma") and report.model == "account.move":
            moves = self.env["account.move"].browse(docids).sudo()
            if all(move.proforma_deposit_ids for move in moves):
                context["proforma"] = False
        return context

    @api.model
    def _get_proforma_versions(self, orders):
        """Return the current versions to print.

        :param sale.order orders: Orders that the user may read.
        :return: One version an order, in sudo mode, in the same order.
        :rtype: proforma.version
        :raise UserError: If an order was never issued.
        """
        missing = orders.filtered(lambda order: not order.proforma_version_id)
        if missing:
            raise UserError(
                self.env._(
                    "This quotation has not been issued as a pro forma yet. Issue it"
                    " first. (%(orders)s)",
                    orders=", ".join(missing.mapped("display_name")),
                )
            )
        return orders.sudo().proforma_version_id

    @api.model
    def _render_proforma_page(self, version):
        """Return a version as a web page, for who asks for the report as HTML.

        :param proforma.version version: One version.
        :rtype: Markup
        """
        logo = base64.b64decode(version.logo) if version.logo else None
        parts = self.env["proforma.renderer"]._render_html(
            version._get_document(), logo, version._get_pictures()
        )
        return Markup(parts["body"])

    @api.model
    def _build_wkhtmltopdf_args(
        self,
        paperformat_id,
        landscape,
        specific_paperformat_args=None,
        set_viewport_size=False,
    ):
        """Override of `base` to let a report bring its own delay, zoom and page size.

        Reports that do not ask for it keep their arguments as they are.
        """
        args = super()._build_wkhtmltopdf_args(
            paperformat_id,
            landscape,
            specific_paperformat_args=specific_paperformat_args,
            set_viewport_size=set_viewport_size,
        )
        for entry, option in REPLACED_OPTIONS.items():
            value = (specific_paperformat_args or {}).get(entry)
            if value is not None and option in args:
                args[args.index(option) + 1] = str(value)
        return args
