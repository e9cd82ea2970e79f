from . import (
    payment_transaction,
    product_public_category,
    product_template,
    proforma_event,
    proforma_request,
    proforma_shop_attempt,
    proforma_snapshot,
    res_config_settings,
    res_country,
    res_partner_category,
    website_terms,
    website,
)

# Of the methods of one model, those of the module that is imported last come first.
from . import (
    sale_order_line,
    sale_order_change,
    sale_order_shop_offer,
    sale_order_shop_rule,
    sale_order_review,
    sale_order_shop_words,
    sale_order_purchase,
    sale_order_purchase_cart,
    sale_order,
)
