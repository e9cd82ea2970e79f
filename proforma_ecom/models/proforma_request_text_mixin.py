from markupsafe import Markup

from odoo import models
from odoo.tools import format_amount, plaintext2html


class ProformaRequestTextMixin(models.AbstractModel):
    """A request in words, for the salesperson and for the customer."""

    _name = "proforma.request.text.mixin"
    _description = "Texts of Pro Forma Requests"

    # === BUSINESS METHODS === #

    def _get_activity_texts(self, order):
        """Return summary and note of the to-do.

        :param sale.order order: That of the request, in the language of the user.
        """
        self.ensure_one()
        name = order.proforma_version_id.name or order.name
        summaries = {
            "first": order.env._("Make a pro forma of %(name)s", name=order.name),
            "change": order.env._("The customer wants to change %(name)s", name=name),
            "offer": order.env._("Counter-offer for %(name)s", name=name),
            "question": order.env._(
                "Answer the customer about %(number)s", number=order.proforma_number
            ),
            "renewal": order.env._("Renew %(name)s", name=name),
        }
        texts = [text for text in (self.message, self.note) if text]
        note = Markup().join(plaintext2html(text) for text in texts)
        return summaries[self.kind], note or None

    def _get_outcome(self):
        """Return what the page says of a change or an offer that was sent.

        :return: The kind with `_accepted`, `_refused` or `_asked`.
        :rtype: str
        """
        self.ensure_one()
        is_done = self.state in ("accepted", "refused")
        return f"{self.kind}_{self.state if is_done else 'asked'}"

    def _is_on_line(self):
        """Return whether it is a question that is shown at its line."""
        self.ensure_one()
        return self.kind == "question" and bool(self.order_line_id)

    def _get_title(self):
        """Return what was asked for, in words for the customer.

        :rtype: str
        """
        self.ensure_one()
        return {
            "first": self.env._("Your pro forma"),
            "change": self.env._("Your change"),
            "offer": self.env._(
                "Your offer of %(offer)s",
                offer=self._get_offer_text(self.env) if self.kind == "offer" else "",
            ),
            "question": self.env._("Your question"),
            "renewal": self.env._("Your request for a renewal"),
        }[self.kind]

    def _get_about(self):
        """Return which lines it is about and what is wanted of them, for the
        salesperson. Extension point.

        :return: Empty where it is about all of the pro forma.
        :rtype: str
        """
        self.ensure_one()
        if self._is_on_line():
            return self.order_line_id._get_proforma_title()
        return "; ".join(line._get_text() for line in self.line_ids)

    def _get_offer_text(self, env):
        """Return what is offered, in the language of an environment.

        :param odoo.api.Environment env: Any environment.
        :rtype: str
        """
        self.ensure_one()
        if self.amount_asked:
            return format_amount(env, self.amount_asked, self.currency_id)
        line = self.line_ids[:1]
        return env._(
            "%(price)s for one of “%(line)s”",
            price=format_amount(env, line.price_asked, self.currency_id),
            line=line.name,
        )

    def _get_answer_sentence(self):
        """Return what became of the request in one sentence, in the language of the
        environment.

        :rtype: str
        """
        self.ensure_one()
        name = self.order_id.sudo().proforma_version_id.name or self.order_id.name
        kind = "question" if self.state == "answered" else self.kind
        sentences = {
            "refused": {
                "change": self.env._(
                    "we cannot change %(name)s as you asked for.", name=name
                ),
                "offer": self.env._(
                    "we cannot accept your offer for %(name)s.", name=name
                ),
            },
            "answered": {
                "question": self.env._(
                    "here is our answer to your question about %(name)s.", name=name
                ),
            },
        }
        default = {
            "refused": self.env._(
                "we cannot do what you asked for about %(name)s.", name=name
            ),
            "withdrawn": self.env._(
                "your request about %(name)s was withdrawn.", name=name
            ),
        }.get(
            self.state,
            self.env._("we did what you asked for: see %(name)s.", name=name),
        )
        return sentences.get(self.state, {}).get(kind, default)
