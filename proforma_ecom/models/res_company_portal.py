from odoo import fields, models

from ..const_portal import PORTAL_VISIBILITIES


class ResCompany(models.Model):
    """What a company decides of the pages of its customers."""

    _inherit = "res.company"

    proforma_visibility = fields.Selection(
        PORTAL_VISIBILITIES,
        string="Pro Formas on the Portal",
        required=True,
        default="company",
        help="Which pro formas of his company somebody who is signed in may open. Who"
        " has the link of one opens that one in any case.",
        prefetch="proforma",
    )
    proforma_ask_feedback = fields.Boolean(
        string="Ask for Feedback",
        default=True,
        help="Once a pro forma is accepted, declined or expired, its page asks one"
        " question, once.",
        prefetch="proforma",
    )
    proforma_require_terms = fields.Boolean(
        string="Terms Accepted before the Signature",
        help="Before the customer signs on his page he ticks a box that he accepts the"
        " terms; who did, and when, is kept.",
        prefetch="proforma",
    )
