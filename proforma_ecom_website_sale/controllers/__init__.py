from . import cart, order, payment, purchase, reorder, website_sale
