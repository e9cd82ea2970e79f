from . import (
    test_sale_order_release,
    test_stock_picking_delivered,
    test_stock_picking_hold,
)
