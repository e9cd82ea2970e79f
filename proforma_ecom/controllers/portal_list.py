from odoo import http
from odoo.fields import Domain
from odoo.http import request

from odoo.addons.portal.controllers.portal import pager as portal_pager

from ..const_portal import MAX_SEARCH_LENGTH
from ..csv_file import write_csv
from .reading import ProformaReading


class ProformaPortalList(ProformaReading):
    """The customer's list of pro formas, and its counts on the portal's home."""

    _list_url = "/my/proformas"

    # === HOME === #

    def _prepare_home_portal_values(self, counters):
        """Override of `sale` to count the pro formas."""
        values = super()._prepare_home_portal_values(counters)
        counts = {
            "proforma_count": "all",
            "proforma_open_count": "open",
        }
        for counter in counts.keys() & counters:
            orders = request.env["sale.order"]
            values[counter] = (
                orders.search_count(self._prepare_proformas_domain(counts[counter]))
                if orders.has_access("read")
                else 0
            )
        if "proforma_due_count" in counters:
            values["proforma_due_count"] = self._count_due_deposits()
        return values

    def _prepare_quotations_domain(self, partner):
        """Override of `sale`: pro formas have a list of their own."""
        domain = super()._prepare_quotations_domain(partner)
        return [*domain, ("proforma_state", "=", "none")]

    def _prepare_proformas_domain(self, filterby="all"):
        """Return the domain of the pro formas that the user sees in his list."""
        orders = request.env["sale.order"]
        domain = orders._get_proforma_portal_domain(request.env.user.partner_id)
        return domain & orders._get_proforma_filter_domain(filterby)

    def _count_due_deposits(self):
        """Return how many deposits the user sees that are to be paid now."""
        orders = request.env["sale.order"]
        if not orders.has_access("read"):
            return 0
        seen = orders._search(self._prepare_proformas_domain())
        domain = orders._get_proforma_due_domain() & Domain("order_id", "in", seen)
        return request.env["proforma.deposit"].sudo().search_count(domain)

    # === LIST === #

    @http.route(
        [_list_url, f"{_list_url}/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
    )
    def portal_my_proformas(self, page=1, **kwargs):
        orders = request.env["sale.order"]
        if not orders.has_access("read"):
            return request.redirect("/my")  # An employee who sells nothing.
        choice = self._get_list_choice(**kwargs)
        domain = self._prepare_list_domain(choice)
        pager = portal_pager(
            url=self._list_url,
            total=orders.search_count(domain),
            page=page,
            step=self._items_per_page,
            url_args=choice,
        )
        found = orders._find_proforma_list(
            domain,
            choice["sortby"],
            by_state=choice["groupby"] == "state",
            limit=self._items_per_page,
            offset=pager["offset"],
        )
        request.session["my_proformas_history"] = found.ids[:100]
        return self._render_page(
            "proforma_ecom.portal_my_proformas",
            self._prepare_list_values(found.sudo(), choice, pager),
        )

    @http.route(
        f"{_list_url}/csv", type="http", auth="user", methods=["GET"], website=True
    )
    def portal_my_proformas_csv(self, **kwargs):
        orders = request.env["sale.order"]
        if not orders.has_access("read"):
            return request.redirect("/my")
        choice = self._get_list_choice(**kwargs)
        found = orders._find_proforma_list(
            self._prepare_list_domain(choice),
            choice["sortby"],
            by_state=choice["groupby"] == "state",
        )
        rows = [order._prepare_proforma_csv_row() for order in found.sudo()]
        titles = found._prepare_proforma_csv_titles()
        lang = request.env["res.lang"]._get_data(code=request.env.lang)
        return request.make_response(
            write_csv([titles, *rows], lang.decimal_point or "."),
            [
                ("Content-Type", "text/csv; charset=utf-8"),
                ("Content-Disposition", http.content_disposition("proformas.csv")),
                ("Cache-Control", "no-store"),
            ],
        )

    def _get_list_choice(self, **kwargs):
        """Return how the list is wanted; what there is no such thing of is the default.

        :return: `filterby`, `sortby`, `groupby`, `search_in` and `search`.
        :rtype: dict[str, str]
        """
        orders = request.env["sale.order"]
        choices = {
            "filterby": orders._get_proforma_portal_filters(),
            "sortby": orders._get_proforma_portal_sortings(),
            "groupby": orders._get_proforma_portal_groups(),
            "search_in": orders._get_proforma_portal_inputs(),
        }
        choice = {
            key: kwargs[key]
            if self._cast_as_text(kwargs.get(key)) in known
            else next(iter(known))
            for key, known in choices.items()
        }
        search = self._cast_as_text(kwargs.get("search")).replace("\x00", "").strip()
        choice["search"] = search[:MAX_SEARCH_LENGTH]
        return choice

    def _prepare_list_domain(self, choice):
        """Return the domain of what the list shows.

        :param dict choice: See `_get_list_choice`.
        :rtype: Domain
        """
        domain = self._prepare_proformas_domain(choice["filterby"])
        if choice["search"]:
            domain &= request.env["sale.order"]._get_proforma_search_domain(
                choice["search_in"], choice["search"]
            )
        return domain

    def _prepare_list_values(self, orders_sudo, choice, pager):
        """Return what the page of the list needs.

        :param sale.order orders_sudo: What the user may read of it.
        """
        orders = request.env["sale.order"]
        return {
            **self._prepare_portal_layout_values(),
            **choice,
            "proformas": orders_sudo,
            "proforma_groups": orders_sudo._group_proforma_list(choice["groupby"]),
            "is_narrowed": bool(choice["search"]) or choice["filterby"] != "all",
            "page_name": "proforma",
            "pager": pager,
            "default_url": self._list_url,
            "csv_url": f"{self._list_url}/csv",
            "searchbar_filters": orders._get_proforma_portal_filters(),
            "searchbar_sortings": orders._get_proforma_portal_sortings(),
            "searchbar_groupby": orders._get_proforma_portal_groups(),
            "searchbar_inputs": orders._get_proforma_portal_inputs(),
        }
