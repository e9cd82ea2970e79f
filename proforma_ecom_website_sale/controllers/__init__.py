from . import cart, order, payment, website_sale
