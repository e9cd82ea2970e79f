"""Reads e-mails that have come in. Pure functions."""

from lxml import html

from odoo.tools import html2plaintext

# Headers by which programs that answer by themselves are known, and the values with
# which a person writes all the same.
AUTOMATIC_HEADERS = {
    "Auto-Submitted": ("no",),  # RFC 3834
    "X-Autoreply": ("no",),
    "X-Autorespond": ("no",),
}


def is_automatic(message):
    """Return whether a program has written an e-mail, such as a vacation notice.

    :param email.message.EmailMessage message: The e-mail.
    """
    for name, by_hand in AUTOMATIC_HEADERS.items():
        value = str(message.get(name) or "").partition(";")[0].strip().lower()
        if value and value not in by_hand:
            return True
    precedence = str(message.get("Precedence") or "").strip().lower()
    return precedence == "auto_reply"


def replied_text(body):
    """Return what somebody wrote in a reply, without what it quotes and the signature.

    :param str body: HTML that core has sanitized: it marks what is quoted.
    :return: Plain text, "" if nothing is left.
    :rtype: str
    """
    if not (body or "").strip():
        return ""
    root = html.fragment_fromstring(str(body), create_parent="div")
    quotes = root.xpath(".//*[@data-o-mail-quote]")
    for node in quotes:
        if node.getparent() is not None:
            node.drop_tree()
    text = html2plaintext(html.tostring(root, encoding="unicode")).strip()
    return _without_attribution(text).strip() if quotes else text


def _without_attribution(text):
    """Return a text without its last line if that only says who wrote what was quoted:
    "On Nov 27, 2026, Marie <marie@example.com> wrote:", in any language. Programs that
    break it do so before the address.
    """
    lines = text.splitlines()
    last = lines[-1] if lines else ""
    if not last.endswith(":"):
        return text
    if last.startswith("<"):
        return "\n".join(lines[:-2])
    return "\n".join(lines[:-1]) if any(map(str.isdigit, last)) else text
