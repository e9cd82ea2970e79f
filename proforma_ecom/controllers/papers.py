from odoo import http
from odoo.http import request

from .portal import ProformaPortal

RECEIPT = "proforma_ecom.action_report_deposit_receipt"


class ProformaPapers(ProformaPortal):
    """What the customer may print besides the pro forma and its invoices."""

    _page_url = ProformaPortal._page_url

    @http.route(
        f"{_page_url}/receipts/<int:deposit_id>",
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
        sitemap=False,
    )
    def portal_proforma_receipt(
        self, order_id, deposit_id, access_token=None, **kwargs
    ):
        order_sudo = self._get_proforma(order_id, access_token)
        receipts = order_sudo and order_sudo._get_proforma_receipts()
        receipt = receipts and receipts.filtered(lambda d: d.id == deposit_id)
        if not receipt:
            return self._refuse_link()
        reports = request.env["ir.actions.report"].sudo()
        content, _type = reports.with_company(receipt.company_id)._render_qweb_pdf(
            RECEIPT, receipt.ids
        )
        name = f"{order_sudo.proforma_number.replace('/', '-')}-{receipt.sequence}.pdf"
        return request.make_response(
            content,
            [
                ("Content-Type", "application/pdf"),
                ("Content-Length", len(content)),
                ("Content-Disposition", http.content_disposition(name, "inline")),
            ],
        )
