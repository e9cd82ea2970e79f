from . import wishlist
