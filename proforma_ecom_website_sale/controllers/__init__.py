from . import cart, order, payment, reorder, website_sale
