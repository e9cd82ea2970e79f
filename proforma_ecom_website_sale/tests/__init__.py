from . import (
    test_product_policy,
    test_sale_order_cart,
    test_sale_order_offer,
    test_sale_order_rules,
    test_sale_order_settings,
    test_shop_address,
    test_shop_proforma,
    test_shop_rules,
    test_shop_tour,
    test_shop_verification,
)
