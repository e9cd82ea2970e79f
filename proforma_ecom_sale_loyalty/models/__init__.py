from . import loyalty_program, sale_order_reward, sale_order
