from odoo import api, fields, models
from odoo.tools import html2plaintext, is_html_empty

from ..const import PROFORMA_READERS, PROFORMA_TRANSITIONS
from ..territories import VAT_STATES
from ..utils import destination_of, territory_of

# States in which the next issue decides what is printed, not the current version.
PREVIEWED_STATES = ("none", "revising")


class SaleOrder(models.Model):
    """What the rules of the mentions look at, and why a mention is printed."""

    _inherit = "sale.order"

    # === FIELDS === #

    proforma_mention_panel = fields.Html(
        string="Why Is This on My Document?",
        compute="_compute_proforma_mention_panel",
        sanitize=False,
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
        "proforma_state",
        "proforma_version_id",
    )
    def _compute_proforma_mention_panel(self):
        for order in self:
            rows = order._prepare_proforma_mention_rows()
            order.proforma_mention_panel = (
                self.env["ir.qweb"]._render(
                    "proforma_ecom.proforma_mention_panel", {"rows": rows}
                )
                if rows
                else False
            )

    # === BUSINESS METHODS - FACTS === #

    def _get_proforma_mention_facts(self):
        """Return what the conditions of the mentions are compared with.

        Extension point. Note: `self.ensure_one()`; nothing is written.

        :return: `issuer_codes`, `delivery_codes` (sets of country and territory codes),
            `issuer_area`, `small_business` (bool), `customer_kind`, `supplies` and
            `untaxed` (sets of "goods", "services"), `destinations` (supply -> how far),
            `position` and `has_note` (bool), `position_companies`, `natures` (set).
        :rtype: dict
        """
        self.ensure_one()
        order = self.sudo()
        origin = self._get_proforma_territory(order.company_id.partner_id)
        supplies = order._get_proforma_supplies()
        is_consumer = order.partner_id._is_proforma_consumer()
        return {
            **order._get_proforma_destination_facts(origin),
            "issuer_codes": {origin, order.company_id.country_id.code} - {"", False},
            "issuer_area": "eu" if self._is_proforma_in_eu(origin) else "outside",
            "small_business": order.company_id.proforma_small_business,
            "customer_kind": "consumer" if is_consumer else "business",
            "supplies": set(supplies),
            "untaxed": {supply for supply, lines in supplies.items() if lines},
            "position": order.fiscal_position_id._origin,
            "position_companies": order.company_id | order.company_id.parent_ids,
            "has_note": not is_html_empty(order.fiscal_position_id.note),
            "natures": order._get_proforma_deposit_natures(),
        }

    def _get_proforma_destination_facts(self, origin):
        """Return `destinations` and `delivery_codes`, see the facts.

        Goods go to the delivery address; a service is rendered where its customer is
        established (directive 2006/112/EC, article 44).

        :param str origin: The issuer's territory.
        :rtype: dict
        """
        self.ensure_one()
        delivery, customer = self.partner_shipping_id, self.partner_invoice_id
        targets = {
            "goods": self._get_proforma_territory(delivery),
            "services": self._get_proforma_territory(customer),
        }
        eu_codes = self._get_proforma_eu_codes()
        return {
            "destinations": {
                supply: destination_of(origin, target, supply, eu_codes)
                for supply, target in targets.items()
            },
            "delivery_codes": {targets["goods"]},
        }

    def _get_proforma_supplies(self):
        """Return what is sold: the untaxed priced lines of goods, and of services.

        The delivery of goods shares their fate: it is no service of its own.

        :return: "goods" or "services", if any are sold, -> untaxed lines, maybe none.
        :rtype: dict[str, sale.order.line]
        """
        self.ensure_one()
        supplies = {}
        for line in self.order_line:
            if line.display_type or line.is_downpayment:
                continue
            is_service = line.product_id.type == "service" and not line._is_delivery()
            supply = "services" if is_service else "goods"
            untaxed = line if line._is_proforma_untaxed() else line.browse()
            supplies[supply] = supplies.get(supply, line.browse()) | untaxed
        return supplies

    def _get_proforma_deposit_natures(self):
        """Return the natures of the deposits that the next or current version has.

        :rtype: set[str]
        """
        self.ensure_one()
        deposits = self.sudo().proforma_deposit_ids
        kept = deposits.filtered(lambda d: d.state != "planned")
        if kept or self.proforma_state not in PROFORMA_TRANSITIONS["issued"]:
            live = deposits.filtered(lambda d: d.state != "cancelled")
            return set(live.mapped("nature"))
        if self.proforma_schedule_edited:
            return set(deposits.mapped("nature"))
        lines = self._get_proforma_deposit_plan_lines()
        return {line._get_nature(self) for line in lines}

    @api.model
    def _get_proforma_territory(self, partner):
        """Return the territory that a contact's address lies in, see `territory_of`."""
        return territory_of(partner.country_id.code, partner.zip)

    @api.model
    def _get_proforma_eu_codes(self):
        """Return the codes of the countries of the European Union.

        :rtype: set[str]
        """
        # `env.ref` would ask the database every time.
        union_id = self.env["ir.model.data"]._xmlid_to_res_id("base.europe")
        union = self.env["res.country.group"].sudo().browse(union_id or [])
        return set(union.country_ids.mapped("code"))

    @api.model
    def _is_proforma_in_eu(self, territory):
        """Return whether a territory is part of a member state, overseas included."""
        state = VAT_STATES.get(territory, territory)
        return state in self._get_proforma_eu_codes()

    def _get_proforma_lines_without_reason(self):
        """Return the priced lines without tax that nothing on the document explains.

        :rtype: sale.order.line
        """
        self.ensure_one()
        lines = self.env["sale.order.line"]
        supplies = self.sudo()._get_proforma_supplies()
        has_note = not is_html_empty(self.fiscal_position_id.sudo().note)
        if has_note or not any(supplies.values()):
            return lines
        chosen = self.env["proforma.mention"]._choose(self)
        for supply, untaxed in supplies.items():
            if ("tax", supply) not in chosen:
                lines |= untaxed
        return lines

    # === BUSINESS METHODS - PANEL === #

    def _prepare_proforma_mention_rows(self):
        """Return one dict a printed sentence: `text`, `title`, `rule`, `source`, `url`.

        Before the issue those that would be printed, after it those of the current
        version, whatever became of the rules since.

        :rtype: list[dict]
        """
        self.ensure_one()
        version = self.sudo().proforma_version_id
        if self.proforma_state in PREVIEWED_STATES or not version:
            order = self.sudo().with_context(lang=self._get_proforma_lang())
            snapshot = order.env["proforma.snapshot"]
            mentions = snapshot._get_mentions(order)
            note = snapshot._prepare_terms(order)["fiscal_note"]
        else:
            document = version._get_document()
            mentions = document["mentions"]
            note = document["terms"]["fiscal_note"]
        rules = self._get_proforma_rules_by_code()
        rows = [
            self._prepare_proforma_mention_row(
                mention["text"], rules.get(mention["code"])
            )
            for mention in mentions
        ]
        return [*rows, *self._prepare_proforma_note_rows(note)]

    def _get_proforma_rules_by_code(self):
        """Return the rules that the company has now, the archived ones too.

        :rtype: dict[str, proforma.mention]
        """
        rules = self.env["proforma.mention"].with_context(active_test=False)
        domain = rules._check_company_domain(self.company_id)
        found = rules.search(domain)
        # A company's own rule comes last and takes the place of a shared one.
        return {rule.code: rule for rule in found.sorted(lambda r: bool(r.company_id))}

    def _prepare_proforma_mention_row(self, text, rule):
        """Return one row of the panel.

        :param str text: What is printed.
        :param proforma.mention rule: The rule, or nothing if it was deleted since.
        :rtype: dict
        """
        if not rule:
            gone = self.env._("The rule that printed it is no longer there.")
            return {"text": text, "title": "", "rule": gone, "source": "", "url": ""}
        return {
            "text": text,
            "title": rule.name,
            "rule": rule._get_rule_description(),
            "source": rule.source or "",
            "url": rule.source_url or "",
        }

    def _prepare_proforma_note_rows(self, note):
        """Return the row of the fiscal position's legal note, if it has one.

        :param str note: HTML, may be empty.
        :rtype: list[dict]
        """
        if is_html_empty(note):
            return []
        return [
            {
                "text": html2plaintext(note).strip(),
                "title": self.env._("Legal note of the fiscal position"),
                "rule": self.env._(
                    "The fiscal position of the order has a legal note."
                ),
                "source": self.fiscal_position_id.sudo().name or "",
                "url": "",
            }
        ]
