from . import (
    proforma_change_mixin,
    proforma_change_request_mixin,
    proforma_review_mixin,
    proforma_shop_attempt,
    proforma_shop_file_mixin,
    proforma_shop_offer_mixin,
    proforma_shop_quantity_mixin,
    proforma_shop_rule_mixin,
    proforma_shop_words_mixin,
    proforma_snapshot,
)
from . import (
    product_public_category,
    product_template,
    proforma_request,
    res_config_settings,
    res_country,
    res_partner_category,
    sale_order,
    sale_order_line,
    website,
)
