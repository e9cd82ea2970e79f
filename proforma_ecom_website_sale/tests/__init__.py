from . import (
    test_sale_order_cart,
    test_sale_order_settings,
    test_shop_accessibility,
    test_shop_address,
    test_shop_proforma,
    test_shop_tour,
    test_shop_verification,
)
