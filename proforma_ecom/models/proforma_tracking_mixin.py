from odoo import fields, models
from odoo.tools.mail import generate_tracking_message_id

from ..sql import insert_rows


class ProformaTrackingMixin(models.AbstractModel):
    """What the discussions tell of a state that many orders enter at once.

    Each order gets the row that core's tracking would write, but all of them are
    written together: core takes ten times as long for it as all the rest.
    """

    _name = "proforma.tracking.mixin"
    _description = "Pro Forma Tracking"

    def _proforma_track_state(self, states):
        """Tell in the discussion of each order how its state has changed.

        :param dict states: By order, the state before.
        """
        if not self or self.env.context.get("tracking_disable"):
            return
        message_ids = self._proforma_insert_notes()
        described = self.fields_get(["proforma_state"], ["selection"])
        labels = dict(described["proforma_state"]["selection"])
        field = self.env["ir.model.fields"]._get(self._name, "proforma_state")
        insert_rows(
            self.env,
            "mail_tracking_value",
            {"field_id": field.id},
            {
                "mail_message_id": ("int", [message_ids[order.id] for order in self]),
                "old_value_char": ("text", [labels[states[order]] for order in self]),
                "new_value_char": (
                    "text",
                    [labels[order.proforma_state] for order in self],
                ),
            },
        )
        self.invalidate_recordset(["message_ids"], flush=False)

    def _proforma_insert_notes(self):
        """Write an internal note on each order, as `_message_log` of `mail` does.

        :return: The id of the note by that of its order.
        :rtype: dict[int, int]
        """
        author_id, email_from = self._message_compute_author()
        reply_to = self.env["mail.thread"]._notify_get_reply_to(
            default=email_from, author_id=author_id
        )
        subtype_id = self.env["ir.model.data"]._xmlid_to_res_id("mail.mt_note")
        common = {
            "model": self._name,
            "body": "",
            "message_type": "notification",
            "subtype_id": subtype_id,
            "author_id": author_id,
            "email_from": email_from,
            "reply_to": reply_to[False],
            "is_internal": True,
            "email_add_signature": False,
            "date": fields.Datetime.now(),
        }
        marks = [generate_tracking_message_id("message-notify") for _order in self]
        columns = {"res_id": ("int", self.ids), "message_id": ("text", marks)}
        return dict(insert_rows(self.env, "mail_message", common, columns))
