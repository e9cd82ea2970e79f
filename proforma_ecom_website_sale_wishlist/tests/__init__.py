from . import (
    test_product_product_choice,
    test_shop_wishlist,
    test_shop_wishlist_accessibility,
    test_shop_wishlist_leftover,
    test_shop_wishlist_tour,
)
