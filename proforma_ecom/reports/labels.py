"""The fixed words of a document, in one language or in two."""

from markupsafe import Markup

# Where the second language stands.
BELOW = Markup('{}<span class="pf-second">{}</span>')
BESIDE = Markup('{} <span class="pf-beside">/ {}</span>')


class Labels:
    """The words of a document, ready to print.

    :param dict first: See `document_labels`.
    :param dict second: The same in the second language, empty if there is none.
    """

    def __init__(self, first, second=None):
        self.first = first
        self.second = second or {}

    def __call__(self, key):
        """Return a label; the second language stands below the first."""
        return self._join(self.texts(key), BELOW)

    def head(self, key):
        """Return a label for the head of a column, broken as little as it can be."""
        return self._join(self.heads(key), BELOW)

    def heads(self, key):
        """Return the plain texts of a column's head, one a language.

        :rtype: list[str]
        """
        return [_keep_end_together(text) for text in self.texts(key)]

    def inline(self, key):
        """Return a label in running text, both languages on one line."""
        return self._join(self.texts(key), BESIDE)

    def texts(self, key):
        """Return the plain texts of a label, one a language.

        :rtype: list[str]
        """
        return [words[key] for words in (self.first, self.second) if words.get(key)]

    def _join(self, texts, pattern):
        first, *second = dict.fromkeys(texts)
        return pattern.format(first, second[0]) if second else Markup.escape(first)


def document_labels(env):
    """Return every fixed word of a document in the language of the environment.

    They are frozen with the document: what was printed once is printed again, even
    after a translation was corrected.

    :param odoo.api.Environment env: Its language decides.
    :rtype: dict[str, str]
    """
    return {
        **_head_labels(env),
        **_line_labels(env),
        **_payment_labels(env),
        **_foot_labels(env),
    }


def _keep_end_together(text):
    """Return the text with its last two words on one line, if it has three."""
    start, _space, end = text.rpartition(" ")
    return f"{start}\N{NO-BREAK SPACE}{end}" if " " in start else text


def _head_labels(env):
    return {
        "version": env._("version"),
        "issued_on": env._("Issued on"),
        "addressed_to": env._("Addressed to"),
        "delivery_to": env._("Delivery to"),
        "vat": env._("VAT"),
        "valid_until": env._("Valid until"),
        "to_pay": env._("To pay to confirm"),
        "customer_reference": env._("Your reference"),
        "order": env._("Our order"),
        "salesperson": env._("Your contact"),
        "payment_term": env._("Payment terms"),
        "delivery_time": env._("Delivery time"),
        "currency": env._("Currency"),
    }


def _line_labels(env):
    return {
        "description": env._("Description"),
        "quantity": env._("Qty"),
        "unit_price": env._("Unit price"),
        "unit_price_included": env._("Unit price incl. tax"),
        "unit_price_excluded": env._("Unit price excl. tax"),
        "discount": env._("Discount"),
        "tax": env._("Tax"),
        "total": env._("Total"),
        "total_included": env._("Total incl. tax"),
        "total_excluded": env._("Total excl. tax"),
        "tax_base": env._("on"),
        "delivery_cost": env._("Delivery"),
        "delivery_free": env._("free"),
        "delivery_included": env._("included"),
        "delivery_agreed": env._("to be agreed"),
    }


def _payment_labels(env):
    return {
        "schedule": env._("Payment schedule"),
        "acompte": env._("deposit, binding on both sides"),
        "arrhes": env._("earnest money, may be forfeited"),
        "bank_transfer": env._("Payment by bank transfer"),
        "account": env._("Account"),
        "bic": env._("BIC"),
        "bank": env._("Bank"),
        "reference": env._("Reference"),
        "methods": env._("Accepted means of payment"),
        "pay_qr": env._("Scan to pay by transfer"),
    }


def _foot_labels(env):
    return {
        "terms": env._("Terms"),
        "returns": env._("Returns"),
        "enclosures": env._("Enclosed:"),
        "verify": env._("Check this document:"),
    }
