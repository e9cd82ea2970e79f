from . import (
    test_sale_order_change,
    test_sale_order_portal,
    test_sale_order_shop,
    test_shop_stock_browser,
)
