import base64

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..const import (
    DEFAULT_BLOCKS,
    PAPER_SIZES,
    PROFORMA_DESIGNS,
    PROFORMA_TITLES,
)
from ..reports.colors import parse_color
from ..reports.fonts import FONT_FILES
from ..reports.logo import is_image


class ProformaLayout(models.Model):
    _name = "proforma.layout"
    _description = "Pro Forma Layout"
    _inherit = ["proforma.layout.preview.mixin"]
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", help="Leave empty to share the layout among all companies."
    )

    # Looks
    design = fields.Selection(PROFORMA_DESIGNS, required=True, default="classic")
    paper = fields.Selection(PAPER_SIZES, required=True, default="A4")
    margin_top = fields.Integer(
        string="Free at the Top",
        default=45,
        help="Millimetres that the printed letterhead takes at the top of each page.",
    )
    margin_bottom = fields.Integer(
        string="Free at the Bottom",
        default=25,
        help="Millimetres that the printed letterhead takes at the bottom.",
    )
    primary_color = fields.Char(
        string="Colour", help="Leave empty for the colour of the company."
    )
    font = fields.Selection(
        [(name, name.replace("_", " ")) for name in FONT_FILES],
        help="Leave empty for the font of the company.",
    )
    logo = fields.Image(max_width=1920, max_height=1920)

    # Words
    title = fields.Selection(PROFORMA_TITLES, required=True, default="proforma")
    title_text = fields.Char(string="Own Title", translate=True)
    second_lang = fields.Selection(
        lambda self: self.env["res.lang"].get_installed(),
        string="Second Language",
        help="Printed below or beside the customer's language, if it is another one.",
    )
    message_before = fields.Html(
        string="Message above the Lines", translate=True, sanitize_style=True
    )
    message_after = fields.Html(
        string="Message below the Payment", translate=True, sanitize_style=True
    )

    # Columns
    show_position = fields.Boolean(string="Line Numbers", default=True)
    show_reference = fields.Boolean(string="References", default=True)
    show_description = fields.Boolean(string="Descriptions", default=True)
    show_picture = fields.Boolean(
        string="Pictures",
        help="Printed in the sections in which every product has one.",
    )
    show_discount = fields.Boolean(string="Discounts", default=True)
    show_tax = fields.Boolean(string="Taxes of each Line", default=True)

    # Blocks
    show_salesperson = fields.Boolean(string="Salesperson", default=True)
    show_words = fields.Boolean(string="Amount in Words")
    show_bank = fields.Boolean(string="Bank Accounts", default=True)
    show_payment_qr = fields.Boolean(string="QR Code for the Transfer", default=True)
    show_methods = fields.Boolean(string="Means of Payment", default=True)
    show_returns = fields.Boolean(string="Return Conditions", default=True)

    # === CONSTRAINT METHODS === #

    @api.constrains("primary_color")
    def _check_primary_color(self):
        for layout in self.filtered("primary_color"):
            if not parse_color(layout.primary_color):
                raise ValidationError(
                    self.env._(
                        "“%(color)s” is no colour. Write it as #714B67.",
                        color=layout.primary_color,
                    )
                )

    @api.constrains("title", "title_text")
    def _check_title_text(self):
        for layout in self.filtered(lambda layout: layout.title == "own"):
            if not (layout.title_text or "").strip():
                raise ValidationError(self.env._("Enter the title of the document."))

    @api.constrains("margin_top", "margin_bottom")
    def _check_margins(self):
        for layout in self:
            if not (0 <= layout.margin_top <= 120 and 0 <= layout.margin_bottom <= 80):
                raise ValidationError(
                    self.env._(
                        "The printed letterhead may take up to 120 mm at the top and 80"
                        " mm at the bottom."
                    )
                )

    @api.constrains("logo")
    def _check_logo(self):
        for layout in self.with_context(bin_size=False).filtered("logo"):
            if not is_image(base64.b64decode(layout.logo)):
                raise ValidationError(
                    self.env._(
                        "The logo cannot be printed. Upload it as PNG, JPEG or SVG."
                    )
                )

    # === BUSINESS METHODS === #

    def _get_settings(self):
        """Return how a document looks, as it is frozen with the document.

        An empty layout means the defaults.

        :rtype: dict
        """
        layout = self or self.new(self.default_get(list(self._fields)))
        return {
            "id": self._origin.id or 0,
            "design": layout.design,
            "paper": layout.paper,
            "margin_top": layout.margin_top,
            "margin_bottom": layout.margin_bottom,
            "show": {block: layout[f"show_{block}"] for block in DEFAULT_BLOCKS},
        }

    def _get_title(self):
        """Return the title of the document in the language of the environment.

        :rtype: str
        """
        if self.title == "own" and self.title_text:
            return self.title_text
        if self.title == "quotation":
            return self.env._("Quotation")
        return self.env._("Pro forma invoice")

    def _get_words_sentence(self, words):
        """Return the sentence that says the total in words, "" if there are none.

        :param str words: The amount in words.
        :rtype: str
        """
        if not (self.show_words and words):
            return ""
        if self.title == "quotation":
            return self.env._(
                "Total of this quotation in words: %(words)s.", words=words
            )
        return self.env._(
            "Total of this pro forma invoice in words: %(words)s.", words=words
        )
