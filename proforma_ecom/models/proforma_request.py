from odoo import api, fields, models

from ..const_request import REQUEST_KINDS, REQUEST_STATES


class ProformaRequest(models.Model):
    """What a customer asked for and waits for."""

    _name = "proforma.request"
    _inherit = [
        "proforma.request.text.mixin",
        "proforma.request.promise.mixin",
        "proforma.request.applying.mixin",
        "proforma.request.closing.mixin",
    ]
    _description = "Pro Forma Request"
    _order = "answer_by, id"

    # === FIELDS === #

    # What it is about
    order_id = fields.Many2one(
        "sale.order", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="order_id.company_id", store=True, precompute=True
    )
    user_id = fields.Many2one(
        related="order_id.user_id", string="Salesperson", store=True, precompute=True
    )
    currency_id = fields.Many2one(related="order_id.currency_id")
    version_id = fields.Many2one(
        "proforma.version",
        readonly=True,
        ondelete="cascade",
        index="btree_not_null",
        help="The version that the customer saw.",
    )
    kind = fields.Selection(REQUEST_KINDS, required=True, readonly=True)
    order_line_id = fields.Many2one(
        "sale.order.line",
        string="About the Line",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
    )

    # What was asked
    partner_id = fields.Many2one("res.partner", string="Customer", readonly=True)
    asked_by = fields.Char(readonly=True)
    asked_on = fields.Datetime(
        required=True, readonly=True, default=fields.Datetime.now
    )
    message = fields.Text(string="Customer's Words", readonly=True)
    about = fields.Text(compute="_compute_about")
    typed_key = fields.Char(
        readonly=True, help="Stands for the form as it was sent: a second click."
    )
    message_id = fields.Many2one(
        "mail.message",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
        help="The question in the discussion; an e-mail of ours that replies to it"
        " answers it.",
    )
    line_ids = fields.One2many(
        "proforma.request.line", "request_id", string="Lines", readonly=True
    )
    amount_now = fields.Monetary(string="Total Sent", related="version_id.amount_total")
    amount_asked = fields.Monetary(
        string="Total Asked",
        readonly=True,
        help="What the customer offers for the whole, taxes included.",
    )
    amount_preview = fields.Monetary(
        string="Total With It",
        readonly=True,
        help="What the whole would cost with this change, as the customer saw it.",
    )

    note = fields.Text(
        string="Why It Waits",
        readonly=True,
        help="Why it is not done by itself.",
    )

    # What became of it
    state = fields.Selection(
        REQUEST_STATES, required=True, readonly=True, default="waiting", index=True
    )
    answer_by = fields.Datetime(
        required=True,
        readonly=True,
        help="The customer was promised an answer until then.",
    )
    is_overdue = fields.Boolean(
        string="Overdue", compute="_compute_is_overdue", search="_search_is_overdue"
    )
    is_adapting = fields.Boolean(
        readonly=True,
        help="The next version answers it; what is said with it is noted already.",
    )
    answered_on = fields.Datetime(readonly=True)
    answered_by_id = fields.Many2one("res.users", readonly=True)
    answer = fields.Text(readonly=True)
    activity_id = fields.Many2one("mail.activity", readonly=True, ondelete="set null")

    # === COMPUTE METHODS === #

    @api.depends("kind", "order_id", "version_id")
    def _compute_display_name(self):
        labels = dict(self._fields["kind"]._description_selection(self.env))
        for request in self:
            name = request.version_id.name or request.order_id.name
            request.display_name = f"{labels.get(request.kind, '')} · {name or ''}"

    @api.depends_context("lang")
    @api.depends("order_line_id", "line_ids")
    def _compute_about(self):
        for request in self:
            request.about = request._get_about()

    @api.depends("state", "answer_by")
    def _compute_is_overdue(self):
        now = fields.Datetime.now()
        for request in self:
            request.is_overdue = bool(
                request.state == "waiting"
                and request.answer_by
                and request.answer_by < now
            )

    @api.model
    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        domain = fields.Domain(
            [("state", "=", "waiting"), ("answer_by", "<", fields.Datetime.now())]
        )
        return domain if True in value else ~domain
