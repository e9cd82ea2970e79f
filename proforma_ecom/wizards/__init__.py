from . import proforma_acceptance, proforma_deposit_payment, proforma_refusal
from . import proforma_deposit_refund
