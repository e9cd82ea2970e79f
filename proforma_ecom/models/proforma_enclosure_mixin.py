import base64
import logging

from odoo import api, fields, models

from ..reports.pdf_merge import find_fault, merge_pdfs
from ..utils import sha256_hex

_logger = logging.getLogger(__name__)


class ProformaEnclosureMixin(models.AbstractModel):
    """The pages of other files that a version keeps beside its own."""

    _name = "proforma.enclosure.mixin"
    _description = "Pro Forma Enclosures"

    # === FIELDS === #

    front_pdf = fields.Binary(
        string="Pages Before",
        attachment=True,
        readonly=True,
        help="The enclosed pages that stand before those of the pro forma.",
    )
    back_pdf = fields.Binary(
        string="Pages Behind",
        attachment=True,
        readonly=True,
        help="The enclosed pages that stand behind those of the pro forma.",
    )
    enclosure_choice_sha256 = fields.Char(
        string="Fingerprint of the Chosen Files",
        readonly=True,
        help="Tells whether the order chooses other files now.",
    )

    # === BUSINESS METHODS - FREEZE === #

    @api.model
    def _split_enclosures(self, enclosures):
        """Tell the files that can be enclosed from those that cannot be read.

        :param list[dict] enclosures: See `_prepare_proforma_enclosures`.
        :return: The good ones, and the names of the others.
        :rtype: tuple[list[dict], list[str]]
        """
        good, lost = [], []
        for enclosure in enclosures:
            if fault := find_fault(enclosure["content"]):
                _logger.info("Enclosure left out: %s.", fault)
                lost.append(enclosure["name"])
            else:
                good.append(enclosure)
        return good, lost

    @api.model
    def _describe_enclosures(self, enclosures):
        """Return what the document says of its enclosures.

        :param list[dict] enclosures: Good ones.
        :return: One dict a file: `place`, `name`, `sha256` (of the file as enclosed).
        :rtype: list[dict]
        """
        return [
            {
                "place": enclosure["place"],
                "name": enclosure["name"],
                "sha256": sha256_hex(enclosure["content"]),
            }
            for enclosure in enclosures
        ]

    @api.model
    def _prepare_enclosure_vals(self, order, enclosures):
        """Return the values of a new version that concern its enclosures.

        :param sale.order order: The order, in sudo mode.
        :param list[dict] enclosures: Good ones.
        :rtype: dict
        """
        vals = {
            "enclosure_choice_sha256": order._get_proforma_enclosure_choice_sha256()
        }
        for place in ("front", "back"):
            contents = [e["content"] for e in enclosures if e["place"] == place]
            # A single file stays as it is; the disk holds it once for all versions.
            content = merge_pdfs(contents) if len(contents) > 1 else b"".join(contents)
            vals[f"{place}_pdf"] = base64.b64encode(content) if content else False
        return vals

    # === BUSINESS METHODS - PDF === #

    def _enclose(self, content):
        """Put the kept pages around those of the pro forma.

        :param bytes content: The PDF of the pro forma itself.
        :return: The whole, and the names of what cannot be read any more.
        :rtype: tuple[bytes, list[str]]
        """
        self.ensure_one()
        enclosures = self._get_document().get("enclosures") or ()
        parts = {"front": [], "back": []}
        lost = []
        for place in {e["place"] for e in enclosures}:
            part = base64.b64decode(
                self.with_context(bin_size=False)[f"{place}_pdf"] or b""
            )
            if find_fault(part):
                lost += [e["name"] for e in enclosures if e["place"] == place]
            else:
                parts[place].append(part)
        contents = [*parts["front"], content, *parts["back"]]
        if len(contents) == 1:
            return content, lost
        return merge_pdfs(contents, main=len(parts["front"])), lost
