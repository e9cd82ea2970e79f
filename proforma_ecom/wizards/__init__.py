from . import proforma_acceptance, proforma_deposit_refund, proforma_refusal
