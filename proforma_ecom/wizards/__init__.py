from . import payment_link_wizard, proforma_acceptance, proforma_refusal
