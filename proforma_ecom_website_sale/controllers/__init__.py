from . import cart, payment, website_sale
