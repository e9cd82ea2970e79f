def migrate(cr, version):
    """Let the e-mail of the acceptance name no invoice that there is not: the templates
    that were shipped ask for it in another way now; what a shop wrote itself stays.
    """
    cr.execute(
        """
        UPDATE mail_template t
           SET body_html = replace(
                   t.body_html::text,
                   'object._get_prepayment_required_amount()',
                   'object._get_proforma_invoiced_deposit()'
               )::jsonb
          FROM ir_model_data d
         WHERE d.module = 'proforma_ecom'
           AND d.name = 'mail_template_proforma_accepted'
           AND d.model = 'mail.template'
           AND d.res_id = t.id
        """
    )
