# E-mails to the salesperson that name who buys.
TEMPLATES = ("accepted_seller", "expired_seller")

BEFORE = "object.partner_id.commercial_partner_id.name"
NOW = "object._get_proforma_buyer_name()"


def migrate(cr, version):
    """Let the e-mails name the company that a guest typed, as the document does; in
    every language, and whatever else a shop wrote into them.
    """
    cr.execute(
        """
        UPDATE mail_template t
           SET subject = replace(t.subject::text, %(before)s, %(now)s)::jsonb,
               body_html = replace(
                   replace(t.body_html::text, %(before)s || ' or ''''', %(now)s),
                   %(before)s, %(now)s
               )::jsonb
          FROM ir_model_data d
         WHERE d.model = 'mail.template'
           AND d.res_id = t.id
           AND d.module = 'proforma_ecom'
           AND d.name IN %(names)s
        """,
        {
            "before": BEFORE,
            "now": NOW,
            "names": tuple(f"mail_template_proforma_{name}" for name in TEMPLATES),
        },
    )
