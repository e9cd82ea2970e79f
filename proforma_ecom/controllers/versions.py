from odoo import http
from odoo.http import request

from .portal import ProformaPortal


class ProformaVersions(ProformaPortal):
    """All versions that the customer got, and what changed between two of them."""

    _page_url = ProformaPortal._page_url

    def _get_version(self, order_sudo, number):
        """Return a version of this order, empty if there is none of that number.

        :param number: Anything that a browser may send.
        :rtype: proforma.version
        """
        number = self._cast_as_int(number)
        return order_sudo.proforma_version_ids.filtered(lambda v: v.version == number)

    @http.route(f"{_page_url}/differences", type="http", auth="public", website=True)
    def portal_proforma_differences(self, order_id, access_token=None, **kwargs):
        order_sudo = self._get_proforma(order_id, access_token)
        if not order_sudo:
            return self._refuse_link()
        current = order_sudo.proforma_version_id
        new = self._get_version(order_sudo, kwargs.get("to", current.version))
        old = self._get_version(order_sudo, kwargs.get("from", new.version - 1))
        if not new or not old or old == new:
            return request.redirect(self._get_proforma_url(order_sudo))
        old, new = (old | new).sorted("version")
        values = self._prepare_proforma_page_values(order_sudo, access_token)
        values["changes"] = new._prepare_differences_values(old)
        values["compared"] = old | new
        return self._render_page("proforma_ecom.portal_proforma_differences", values)

    @http.route(
        f"{_page_url}/versions/<int:number>/pdf",
        type="http",
        auth="public",
        website=True,
    )
    def portal_proforma_version_pdf(
        self, order_id, number, access_token=None, download=None, **kwargs
    ):
        order_sudo = self._get_proforma(order_id, access_token)
        version = self._get_version(order_sudo, number)
        if not version:
            return self._refuse_link()
        if version == order_sudo.proforma_version_id:
            return self.portal_proforma_pdf(order_id, access_token, download)
        if not version.attachment_id:
            return request.redirect(
                self._get_proforma_url(order_sudo, query_string="&message=no_pdf")
            )
        stream = request.env["ir.binary"]._get_stream_from(version.attachment_id)
        return stream.get_response(as_attachment=bool(download))
