from odoo import fields, models

from ..const_request import REQUEST_STATES


class ProformaRequestAnswer(models.TransientModel):
    _name = "proforma.request.answer"
    _description = "Answer a Pro Forma Request"

    # === FIELDS === #

    request_id = fields.Many2one("proforma.request", required=True, readonly=True)
    # Read as the user: anybody may name the request of somebody else.
    kind = fields.Selection(related="request_id.kind", related_sudo=False)
    about = fields.Text(related="request_id.about", related_sudo=False)
    customer_message = fields.Text(related="request_id.message", related_sudo=False)
    state = fields.Selection(REQUEST_STATES, required=True, readonly=True)
    message = fields.Text(
        string="Your Words", help="The customer reads them, by e-mail and on his page."
    )

    # === ACTION METHODS === #

    def action_send(self):
        """Answer the request; a second click is told that it is answered already.

        :raise UserError: If that is not possible.
        """
        self.ensure_one()
        action = self.request_id._answer(self.state, self.message)
        return action or {"type": "ir.actions.act_window_close"}
