from . import (
    proforma_shop_offer_mixin,
    proforma_shop_rule_mixin,
    proforma_snapshot,
)
from . import (
    product_public_category,
    product_template,
    res_config_settings,
    sale_order,
    website,
)
