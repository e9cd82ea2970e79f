from . import loyalty_program, proforma_reward_mixin, sale_order
