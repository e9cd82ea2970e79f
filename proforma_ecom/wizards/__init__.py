from . import proforma_acceptance, proforma_deposit_payment, proforma_refusal
from . import proforma_deposit_refund
from . import payment_link_wizard, proforma_acceptance, proforma_refusal
