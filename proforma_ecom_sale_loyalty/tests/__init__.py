from . import (
    test_loyalty_program_release,
    test_sale_order_acceptance,
    test_sale_order_cancellation,
    test_sale_order_reward_change,
    test_sale_order_reward_renewal,
    test_sale_order_reward_used,
)
