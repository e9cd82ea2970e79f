from . import test_sale_order_enclosure, test_sale_order_revision
