from . import product_product, sale_order, sale_order_line
