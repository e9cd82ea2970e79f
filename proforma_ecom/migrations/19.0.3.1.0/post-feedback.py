import re

from psycopg2.extras import Json

# E-mails that tell of the end of a pro forma.
TEMPLATES = ("accepted", "declined", "expired")

# The last sentence of the e-mails that were shipped, and what follows it now.
LINKS = [
    (
        r"Do you have a question\? Simply answer this e-mail\.",
        "How was it? Tell us in one click.",
    ),
    (
        r"Une question(?:\s|&nbsp;)\? Répondez simplement à cet e-mail\.",
        "Comment cela s’est-il passé\N{NO-BREAK SPACE}? Dites-le-nous en un clic.",
    ),
]

LINK = """
        <t t-if="object._is_proforma_feedback_wanted()">
            <br/><br/>
            <a
                t-att-href="object._get_proforma_feedback_url()"
                style="color: #714B67;"
            >%s</a>
        </t>"""


def migrate(cr, version):
    """Let the e-mails lead to the question how it was. Where a shop wrote another last
    sentence, the e-mail stays as it is.
    """
    cr.execute(
        """
        SELECT t.id, t.body_html
          FROM mail_template t
          JOIN ir_model_data d ON d.model = 'mail.template' AND d.res_id = t.id
         WHERE d.module = 'proforma_ecom' AND d.name IN %s
        """,
        [tuple(f"mail_template_proforma_{name}" for name in TEMPLATES)],
    )
    for template_id, bodies in cr.fetchall():
        linked = {lang: _with_link(body or "") for lang, body in (bodies or {}).items()}
        if linked != bodies:
            cr.execute(
                "UPDATE mail_template SET body_html = %s WHERE id = %s",
                [Json(linked), template_id],
            )


def _with_link(body):
    """Return the body of an e-mail with the link behind its last sentence. Once."""
    if "_get_proforma_feedback_url" in body:
        return body
    for sentence, words in LINKS:
        if match := re.search(sentence, body):
            end = match.end()
            return body[:end] + LINK % words + body[end:]
    return body
