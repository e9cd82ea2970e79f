from . import (
    mail_template_preview,
    payment_link_wizard,
    proforma_acceptance,
    proforma_deposit_payment,
    proforma_deposit_refund,
    proforma_extension,
    proforma_negotiation_rule,
    proforma_refusal,
    proforma_request_answer,
    sale_make_invoice_advance,
)
