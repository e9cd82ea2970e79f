from odoo import api, fields, models

from ..reports.differences import compare
from ..reports.formatter import DocumentFormatter


class ProformaDifferenceMixin(models.AbstractModel):
    """What changed between two versions, in the words of whoever reads it."""

    _name = "proforma.difference.mixin"
    _inherit = ["proforma.difference.row.mixin"]
    _description = "Pro Forma Differences"

    # === FIELDS === #

    differences = fields.Html(
        string="Changes", compute="_compute_differences", sanitize=False
    )

    # === COMPUTE METHODS === #

    @api.depends("snapshot", "snapshot_personal")
    @api.depends_context("lang")
    def _compute_differences(self):
        for version in self:
            previous = version._get_previous_version()
            version.differences = (
                version._render_differences(previous) if previous else False
            )

    # === ACTION METHODS === #

    def action_view_differences(self):
        """Return the action that shows what changed since the version before."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Changes in %(version)s", version=self.name),
            "res_model": self._name,
            "res_id": self.id,
            "views": [
                (self.env.ref("proforma_ecom.proforma_version_view_changes").id, "form")
            ],
            "target": "new",
        }

    # === BUSINESS METHODS === #

    def _get_previous_version(self):
        """Return the version before this one, empty for the first.

        :rtype: proforma.version
        """
        self.ensure_one()
        return self.search(
            [("order_id", "=", self.order_id.id), ("version", "=", self.version - 1)]
        )

    def _render_differences(self, old):
        """Return what changed since an older version, as HTML.

        :param proforma.version old: Another version of the same order.
        :rtype: Markup
        """
        self.ensure_one()
        return self.env["ir.qweb"]._render(
            "proforma_ecom.proforma_differences", self._prepare_differences_values(old)
        )

    def _prepare_differences_values(self, old):
        """Return the variables of the template of differences.

        :param proforma.version old: Another version of the same order.
        :return: `columns` (the headings of the two sides), `blocks` (`title` and
            `items`; an item has `change`, `title` and `rows`; a row has `label`, `old`
            and `new`, lists of text) and `notes` (sentences).
        :rtype: dict
        """
        self.ensure_one()
        documents = [old._get_document(), self._get_document()]
        sides = [
            {
                "fmt": self._get_difference_formatter(document),
                "amount": (
                    "total"
                    if document["document"]["tax_included_display"]
                    else "subtotal"
                ),
            }
            for document in documents
        ]
        changes = compare(*documents)
        blocks = self._prepare_difference_blocks(changes, sides)
        return {
            "columns": [
                self.env._(
                    "Version %(number)s of %(day)s",
                    number=document["document"]["version"],
                    day=side["fmt"].date(document["document"]["issued_on"]),
                )
                for document, side in zip(documents, sides, strict=True)
            ],
            "blocks": [block for block in blocks if block["items"]],
            "notes": self._get_difference_notes(changes["texts"]),
        }

    def _prepare_difference_blocks(self, changes, sides):
        """Return the blocks in the order in which they matter, with empty ones.

        :param dict changes: See `compare`.
        :param list sides: For old and new: `fmt` and `amount`, the printed total of a
            line.
        :rtype: list[dict]
        """
        labels = self._get_difference_labels()
        plain = {"change": "", "title": ""}
        # The sum of the taxes is printed where no single tax is.
        is_split = any(change["name"] == "taxes" for change in changes["totals"])
        totals = [c for c in changes["totals"] if not (is_split and c["name"] == "tax")]
        rows = {
            "totals": [self._prepare_difference_row(c, sides) for c in totals],
            "facts": [self._prepare_difference_row(c, sides) for c in changes["facts"]],
            "deposits": self._prepare_deposit_rows(changes["deposits"], sides),
            "parties": [
                {**party, "label": labels[party["name"]]}
                for party in changes["parties"]
            ],
        }
        items = {name: [{**plain, "rows": r}] if r else [] for name, r in rows.items()}
        items["lines"] = self._prepare_line_items(changes["lines"], sides)
        return [
            {"title": labels[name], "items": items[name]}
            for name in ("totals", "lines", "deposits", "facts", "parties")
        ]

    # === HELPERS === #

    def _get_difference_formatter(self, document):
        """Return what writes the amounts of a document as its reader does.

        :rtype: DocumentFormatter
        """
        return DocumentFormatter(
            self.env, self.env.lang, document["document"]["currency"]
        )
