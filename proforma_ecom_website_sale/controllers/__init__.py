from . import cart, delivery, order, payment, purchase, reorder, website_sale
