from odoo.fields import Command

from odoo.addons.proforma_ecom.tests.common import ProformaPaymentCommon


class ProformaLoyaltyCommon(ProformaPaymentCommon):
    """Orders of 1,200.00 with a tenth off, by a promotion, a code or a coupon."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["loyalty.program"].search([]).active = False

    @classmethod
    def _create_program(cls, kind="promotion", **values):
        """Return a program that takes a tenth off the order."""
        return cls.env["loyalty.program"].create(
            {
                "name": "Autumn",
                "program_type": kind,
                "trigger": "auto" if kind == "promotion" else "with_code",
                "applies_on": "current",
                "rule_ids": [] if kind == "coupons" else [Command.create({})],
                "reward_ids": [
                    Command.create(
                        {
                            "reward_type": "discount",
                            "discount": 10.0,
                            "discount_mode": "percent",
                            "discount_applicability": "order",
                        }
                    )
                ],
                **values,
            }
        )

    @classmethod
    def _create_code(cls, code="SUMMER", **values):
        """Return a program whose code everybody may enter."""
        rule = Command.create({"mode": "with_code", "code": code})
        return cls._create_program("promo_code", rule_ids=[rule], **values)

    @classmethod
    def _create_coupon(cls, code="GIFT-1", **values):
        """Return a coupon that is good for one order."""
        return cls.env["loyalty.card"].create(
            {
                "program_id": cls._create_program("coupons").id,
                "code": code,
                "points": 1.0,
                **values,
            }
        )

    @classmethod
    def _prepare_free_product(cls):
        """Return the command for a reward: one service for nothing."""
        return Command.create(
            {"reward_type": "product", "reward_product_id": cls.service_product.id}
        )

    @classmethod
    def _create_wallet(cls, kind, points):
        """Return a card with money on it: a gift card, or the wallet of the customer.

        :param str kind: `gift_card` or `ewallet`.
        """
        program = cls.env["loyalty.program"].create(
            {
                "name": "Money",
                "program_type": kind,
                "trigger": "auto",
                "applies_on": "future",
                "reward_ids": [
                    Command.create(
                        {
                            "reward_type": "discount",
                            "discount": 1.0,
                            "discount_mode": "per_point",
                            "discount_applicability": "order",
                            "required_points": 1.0,
                        }
                    )
                ],
            }
        )
        return cls.env["loyalty.card"].create(
            {
                "program_id": program.id,
                "code": f"{kind}-4321",
                "points": points,
                "partner_id": kind == "ewallet" and cls.customer.id,
            }
        )

    @classmethod
    def _claim(cls, order, code=None):
        """Take every reward there is, as the buttons of the order do."""
        if code:
            order._try_apply_code(code)
        order._update_programs_and_rewards()
        for coupon, rewards in order._get_claimable_rewards().items():
            order._apply_program_reward(rewards[:1], coupon)
        order._update_programs_and_rewards()
        return order

    @classmethod
    def _create_rewarded(cls, code=None, **values):
        """Return an issued order with its rewards."""
        order = cls._claim(cls._create_order(**values), code)
        order.action_proforma_issue()
        return order

    def _get_reward_lines(self, order):
        return order.order_line.filtered("reward_id")

    def _get_printed(self, order):
        """Return the subtotals of the current version, as printed."""
        return [
            line["subtotal"]
            for line in order.proforma_version_id._get_document()["lines"]
        ]
