from odoo import api, fields, models
from odoo.fields import Domain

from ..const_portal import (
    LIST_FILTER_STATES,
    LIST_ORDERS,
    LIST_STATES,
    PAID_STATES,
)
from ..utils import today_in


class SaleOrder(models.Model):
    """The customer's list of pro formas: what it holds, and how it is narrowed down."""

    _inherit = "sale.order"

    # === BUSINESS METHODS - DOMAINS === #

    @api.model
    def _get_proforma_portal_domain(self, partner):
        """Return the domain of the pro formas of a commercial entity.

        :param res.partner partner: Anybody of it.
        :rtype: Domain
        """
        entity = partner.commercial_partner_id
        return Domain("partner_id", "child_of", entity.ids) & Domain(
            "proforma_state", "!=", "none"
        )

    @api.model
    def _get_proforma_due_domain(self):
        """Return the domain of the deposits that a customer has to pay now, less what
        is being processed.

        :rtype: Domain
        """
        return Domain(
            [
                ("order_state", "=", "accepted"),
                ("state", "=", "due"),
                ("transaction_ids", "not any", [("state", "in", PAID_STATES)]),
            ]
        )

    @api.model
    def _get_proforma_filter_domain(self, key, now=None):
        """Return the domain of a filter of the list.

        :param str key: One of `_get_proforma_portal_filters`.
        :param datetime now: UTC, naive; the present by default.
        :rtype: Domain
        """
        if key == "to_pay":
            # A customer may not read deposits; those of his own orders he is shown.
            deposits_sudo = self.env["proforma.deposit"].sudo()
            due = deposits_sudo._search(self._get_proforma_due_domain())
            return Domain("id", "in", due.subselect("order_id"))
        if key not in LIST_FILTER_STATES:
            return Domain.TRUE
        late = Domain("proforma_state", "=", "issued") & Domain(
            "proforma_deadline", "<=", now or fields.Datetime.now()
        )
        domain = Domain("proforma_state", "in", LIST_FILTER_STATES[key])
        return domain | late if key == "expired" else domain & ~late

    @api.model
    def _get_proforma_search_domain(self, search_in, search):
        """Return the domain of what a customer looks for.

        :param str search_in: A key of `_get_proforma_portal_inputs`.
        :param str search: What he typed.
        :rtype: Domain
        """
        domains = {
            "number": Domain("proforma_number", "ilike", search),
            "reference": Domain("client_order_ref", "ilike", search),
            "content": Domain("order_line.name", "ilike", search),
            "contact": Domain("partner_id.name", "ilike", search),
        }
        return domains.get(search_in) or Domain.OR(domains.values())

    # === BUSINESS METHODS - CHOICES === #

    @api.model
    def _get_proforma_portal_filters(self):
        """Return the filters of the list, as core's search bar wants them."""
        return {
            "all": {"label": self.env._("All")},
            "open": {"label": self.env._("Open")},
            "to_pay": {"label": self.env._("To pay")},
            "accepted": {"label": self.env._("Accepted")},
            "expired": {"label": self.env._("Expired")},
            "closed": {"label": self.env._("Declined or cancelled")},
        }

    @api.model
    def _get_proforma_portal_sortings(self):
        """Return the orders of the list, as core's search bar wants them."""
        return {
            "newest": {"label": self.env._("Newest")},
            "deadline": {"label": self.env._("Valid until")},
            "amount": {"label": self.env._("Amount")},
            "number": {"label": self.env._("Number")},
            "state": {"label": self.env._("State")},
        }

    @api.model
    def _get_proforma_portal_groups(self):
        """Return by what the list is grouped, as core's search bar wants it."""
        return {
            "none": {"label": self.env._("None")},
            "state": {"label": self.env._("State")},
        }

    @api.model
    def _get_proforma_portal_inputs(self):
        """Return where the customer may search, as core's search bar wants it."""
        labels = {
            "all": self.env._("Search in all"),
            "number": self.env._("Search in numbers"),
            "reference": self.env._("Search in your references"),
            "content": self.env._("Search in lines"),
            "contact": self.env._("Search in contacts"),
        }
        return {key: {"input": key, "label": text} for key, text in labels.items()}

    # === BUSINESS METHODS - LIST === #

    @api.model
    def _find_proforma_list(self, domain, sortby, by_state=False, limit=None, offset=0):
        """Return a page of the list, as far as the user may read it.

        :param Domain domain: What is looked for.
        :param str sortby: A key of `LIST_ORDERS`.
        :param bool by_state: Whether the states come first.
        :rtype: sale.order
        """
        order = LIST_ORDERS[sortby]
        if not by_state and sortby != "state":
            return self.search(domain, order=order, limit=limit, offset=offset)
        fnames = ["proforma_state", "proforma_deadline"]
        found = self.search_fetch(domain, fnames, order=order)
        found = found.sorted(lambda o: LIST_STATES.index(o._get_proforma_list_state()))
        return found[offset : offset + limit] if limit else found

    def _get_proforma_list_state(self):
        """Return the state as the customer sees it: late is expired.

        :rtype: str
        """
        self.ensure_one()
        is_late = self.proforma_state == "issued" and self._is_proforma_past_deadline()
        return "expired" if is_late else self.proforma_state

    def _group_proforma_list(self, groupby):
        """Return the orders in groups, each with its title.

        :param str groupby: A key of `_get_proforma_portal_groups`.
        :rtype: list[tuple[str, sale.order]]
        """
        if groupby != "state":
            return [("", self)] if self else []
        texts = self._get_proforma_list_labels()
        return [
            (texts[state], orders)
            for state, orders in self.grouped(
                lambda order: order._get_proforma_list_state()
            ).items()
        ]

    @api.model
    def _get_proforma_list_labels(self):
        """Return the word for each state, in the reader's language.

        :rtype: dict[str, str]
        """
        described = self.fields_get(["proforma_state"], ["selection"])
        return dict(described["proforma_state"]["selection"])

    # === BUSINESS METHODS - CSV === #

    def _prepare_proforma_csv_titles(self):
        """Return the titles of the columns, as many as a row has values."""
        return [
            self.env._("Number"),
            self.env._("Your reference"),
            self.env._("Contact"),
            self.env._("Issued on"),
            self.env._("Valid until"),
            self.env._("State"),
            self.env._("Total"),
            self.env._("Next payment"),
            self.env._("Due on"),
            self.env._("Currency"),
        ]

    def _prepare_proforma_csv_row(self):
        """Return what the file says of one pro forma: texts, dates, amounts with the
        digits of their currency.

        :rtype: list[str|date|tuple[float, int]]
        """
        self.ensure_one()
        version = self.proforma_version_id
        digits = self.currency_id.decimal_places
        coming = self._get_proforma_coming_deposit()
        return [
            version.name,
            self.client_order_ref or "",
            self.partner_id.name or "",
            today_in(self.company_id._get_proforma_tz(), version.issued_on),
            version.valid_until or "",
            self._get_proforma_status()["label"],
            (version.amount_total, digits),
            (coming.amount, digits) if coming else "",
            coming.due_date or "",
            self.currency_id.name,
        ]
