import secrets

from odoo import api, fields, models, tools
from odoo.tools.i18n import format_list

from ..const import (
    CUSTOMER_KINDS,
    DESTINATIONS,
    ISSUER_AREAS,
    MENTION_KINDS,
    MENTION_NATURES,
    SUPPLIES,
    TAX_CASES,
)


class ProformaMention(models.Model):
    """A sentence that is printed where its rule holds.

    A rule is the sum of its conditions; an empty one is no condition. Of each kind one
    sentence is printed: that of the first rule that holds, a company's own rules before
    the shared ones. A document may have one deposit sentence for each nature, one
    reason for untaxed goods and one for untaxed services, and any number of "other".
    """

    _name = "proforma.mention"
    _description = "Pro Forma Mention"
    _order = "sequence, id"

    # === FIELDS === #

    # What is printed
    name = fields.Char(string="Title", required=True, translate=True)
    kind = fields.Selection(MENTION_KINDS, required=True, default="other")
    text = fields.Text(
        required=True, translate=True, help="Plain sentences, printed as they stand."
    )
    source = fields.Char(
        translate=True, help="The article of law or the agreement it rests on."
    )
    source_url = fields.Char(string="Link to the Source")
    note = fields.Text(
        string="Notes",
        translate=True,
        help="For those who keep the rules: when not to use it. It is not printed.",
    )
    code = fields.Char(
        required=True,
        copy=False,
        default=lambda self: f"own_{secrets.token_hex(4)}",
        help="By this code a document remembers the rule that printed a sentence.",
    )

    # Life
    # A new rule goes before those that are shipped, but for the first two sentences.
    sequence = fields.Integer(default=25)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", help="Leave empty to share the mention among all companies."
    )

    # Conditions
    issuer_area = fields.Selection(
        ISSUER_AREAS, string="Issuer Established In", required=True, default="any"
    )
    issuer_country_ids = fields.Many2many(
        "res.country",
        "proforma_mention_issuer_country_rel",
        "mention_id",
        "country_id",
        string="Countries of the Issuer",
    )
    small_business = fields.Boolean(
        string="Small-Business Scheme",
        help="Only where the company charges no VAT under the small-business scheme,"
        " see the settings.",
    )
    customer_kind = fields.Selection(
        CUSTOMER_KINDS,
        string="Customer",
        required=True,
        default="any",
        help="A company, or whoever has a VAT number, is a business.",
    )
    destination = fields.Selection(
        DESTINATIONS,
        required=True,
        default="any",
        help="Goods go from the issuer's to the delivery address; overseas territories"
        " of a member state lie outside of its VAT area. Services go to the invoice"
        " address.",
    )
    delivery_country_ids = fields.Many2many(
        "res.country",
        "proforma_mention_delivery_country_rel",
        "mention_id",
        "country_id",
        string="Countries of Destination",
    )
    supply = fields.Selection(
        SUPPLIES, string="What Is Sold", required=True, default="any"
    )
    tax_case = fields.Selection(
        TAX_CASES,
        string="Taxes",
        required=True,
        compute="_compute_tax_case",
        store=True,
        readonly=False,
        precompute=True,
    )
    fiscal_position_ids = fields.Many2many(
        "account.fiscal.position",
        "proforma_mention_fiscal_position_rel",
        "mention_id",
        "position_id",
        string="Fiscal Positions",
        help="Positions of other companies are no condition for a company that has"
        " none here.",
    )
    deposit_nature = fields.Selection(
        MENTION_NATURES, string="Deposits", required=True, default="any"
    )
    rule_description = fields.Char(
        string="Printed When", compute="_compute_rule_description"
    )

    _code_uniq = models.UniqueIndex(
        "(code, COALESCE(company_id, 0))", "A company has each code once."
    )

    # === COMPUTE METHODS === #

    @api.depends("kind")
    def _compute_tax_case(self):
        for mention in self:
            is_reason = mention.kind == "tax"
            mention.tax_case = "untaxed" if is_reason else mention.tax_case or "any"

    @api.depends_context("lang", "uid", "allowed_company_ids")
    @api.depends(
        "issuer_area",
        "issuer_country_ids",
        "small_business",
        "customer_kind",
        "destination",
        "delivery_country_ids",
        "supply",
        "tax_case",
        "fiscal_position_ids",
        "deposit_nature",
    )
    def _compute_rule_description(self):
        for mention in self:
            mention.rule_description = mention._get_rule_description()

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        """Override of the ORM to forget which mentions there were."""
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        """Override of the ORM to forget which mentions there were."""
        self.env.registry.clear_cache()
        return super().write(vals)

    def unlink(self):
        """Override of the ORM to forget which mentions there were."""
        self.env.registry.clear_cache()
        return super().unlink()

    # === BUSINESS METHODS - MATCHING === #

    @api.model
    def _get_matching(self, order):
        """Return the mentions that the document of an order carries, as printed.

        Nothing is written; users who may see the order get the same as the document.

        :param sale.order order: One order, in the language of the texts.
        :rtype: recordset of `proforma.mention`
        """
        chosen = self._choose(order)
        mentions = self.browse({mention.id for mention in chosen.values()})
        return mentions.sorted(lambda m: (m.kind != "accounting", m.sequence, m.id))

    @api.model
    def _choose(self, order):
        """Return the first mention that holds for each place on the document.

        :param sale.order order: One order.
        :return: Place, see `_get_places`, -> mention.
        :rtype: dict[tuple, proforma.mention]
        """
        facts = order._get_proforma_mention_facts()
        chosen = {}
        for mention in self._get_candidates(order.company_id, facts):
            for place in mention._get_places(facts):
                chosen.setdefault(place, mention)
        return chosen

    @api.model
    def _get_candidates(self, company, facts):
        """Return the mentions a company may use, those that go before others first.

        :param res.company company: The issuer.
        :param dict facts: See `sale.order._get_proforma_mention_facts`.
        :rtype: recordset of `proforma.mention`
        """
        mentions = self.sudo().browse(self._get_candidate_ids(company.id))
        return mentions.sorted(
            lambda m: (
                facts["position"] not in m.fiscal_position_ids,
                not m.company_id,
                m.sequence,
                m.id,
            )
        )

    @api.model
    @tools.ormcache("company_id")
    def _get_candidate_ids(self, company_id):
        """Return the ids of the mentions a company may use, in their order.

        :param int company_id: The issuer.
        :rtype: tuple[int]
        """
        # The result is kept for everybody, whatever the first who asks is shown.
        mentions = self.sudo().with_context(active_test=True)
        return mentions.search(self._check_company_domain(company_id))._ids

    def _get_places(self, facts):
        """Return the places that this mention would fill; none if it does not hold.

        The legal note of a fiscal position is a reason for zero tax already: only a
        mention that belongs to that very position is printed beside it.

        :param dict facts: See `sale.order._get_proforma_mention_facts`.
        :rtype: list[tuple]
        """
        self.ensure_one()
        if not self._is_matching(facts):
            return []
        if self.kind == "tax":
            if facts["has_note"] and facts["position"] not in self.fiscal_position_ids:
                return []
            return [("tax", supply) for supply in self._get_supplies(facts)]
        if self.kind == "deposit":
            natures = facts["natures"] - {"balance"}
            if self.deposit_nature != "any":
                natures &= {self.deposit_nature}
            return [("deposit", nature) for nature in natures]
        return [(self.kind, self.id if self.kind == "other" else 0)]

    def _is_matching(self, facts):
        """Return whether every condition holds.

        :param dict facts: See `sale.order._get_proforma_mention_facts`.
        """
        self.ensure_one()
        positions = self.fiscal_position_ids.filtered(
            lambda p: p.company_id in facts["position_companies"]
        )
        is_about_lines = {self.supply, self.destination, self.tax_case} != {"any"}
        return (
            self.issuer_area in ("any", facts["issuer_area"])
            and self._is_in_countries(self.issuer_country_ids, facts["issuer_codes"])
            and (not self.small_business or facts["small_business"])
            and self.customer_kind in ("any", facts["customer_kind"])
            and (not positions or facts["position"] in positions)
            and (self.deposit_nature in facts["natures"] | {"any"})
            and (not is_about_lines or bool(self._get_supplies(facts)))
            and self._is_in_countries(
                self.delivery_country_ids, facts["delivery_codes"]
            )
        )

    @api.model
    def _is_in_countries(self, countries, codes):
        """Return whether one of the codes is among the countries, if there are any."""
        return not countries or not codes.isdisjoint(countries.mapped("code"))

    def _get_supplies(self, facts):
        """Return what is sold of what this mention speaks of: "goods", "services".

        :param dict facts: See `sale.order._get_proforma_mention_facts`.
        :rtype: set[str]
        """
        self.ensure_one()
        is_untaxed = self.tax_case == "untaxed"
        return {
            supply
            for supply in facts["untaxed" if is_untaxed else "supplies"]
            if self.supply in ("any", supply)
            and self.destination in ("any", facts["destinations"][supply])
        }

    # === HELPERS === #

    def _get_rule_description(self):
        """Return the conditions as sentences in the current language.

        :rtype: str
        """
        self.ensure_one()
        clauses = [*self._get_issuer_clauses(), *self._get_sale_clauses()]
        return " ".join(clauses) or self.env._("Always.")

    def _get_issuer_clauses(self):
        """Return a sentence for each condition on who sells to whom.

        :rtype: list[str]
        """
        env, countries = self.env, self._list_names(self.issuer_country_ids)
        area = {
            "eu": env._("The issuer is established in the European Union."),
            "outside": env._("The issuer is established outside the European Union."),
        }
        customer = {
            "business": env._("The customer is a business."),
            "consumer": env._("The customer is a consumer."),
        }
        clauses = [
            area.get(self.issuer_area),
            countries
            and env._(
                "The issuer is established in %(countries)s.", countries=countries
            ),
            self.small_business
            and env._("The issuer charges no VAT under the small-business scheme."),
            customer.get(self.customer_kind),
        ]
        return [clause for clause in clauses if clause]

    def _get_sale_clauses(self):
        """Return a sentence for each condition on what is sold and where to.

        :rtype: list[str]
        """
        env, countries = self.env, self._list_names(self.delivery_country_ids)
        positions = self._list_names(
            self.sudo().fiscal_position_ids.filtered(
                lambda p: p.company_id in env.companies | env.companies.parent_ids
            )
        )
        texts = {
            "goods": env._("Goods are sold."),
            "services": env._("Services are sold."),
            "untaxed": env._("A priced line bears no tax."),
            "domestic": env._("The sale stays in the issuer's country."),
            "eu": env._("The sale goes to another country of the European Union."),
            "export": env._("The sale leaves the issuer's VAT area or the Union's."),
            "acompte": env._("A deposit that binds both sides is asked for."),
            "arrhes": env._("Earnest money is asked for."),
        }
        values = (self.supply, self.tax_case, self.destination, self.deposit_nature)
        clauses = [
            *map(texts.get, values),
            countries
            and env._("The delivery goes to %(countries)s.", countries=countries),
            positions
            and env._("The fiscal position is %(positions)s.", positions=positions),
        ]
        return [clause for clause in clauses if clause]

    def _list_names(self, records):
        """Return the names of records as a list in the current language."""
        names = [name for name in records.mapped("display_name") if name]
        return format_list(self.env, names, "or") if names else ""
