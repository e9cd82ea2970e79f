from . import proforma_acceptance, proforma_refusal
