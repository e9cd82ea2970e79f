from unittest import SkipTest

from odoo.fields import Command

from odoo.addons.proforma_ecom.tests.common import SIGNATURE

from .common import ShopProformaCommon


class ShopRewardCommon(ShopProformaCommon):
    """Carts of 5 × 20.00 and 15.00 for the delivery, with coupons and rewards. Needs
    `website_sale_loyalty`, which is installed where all addons are.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if "loyalty.program" not in cls.env or "ecommerce_ok" not in (
            cls.env["loyalty.program"]._fields
        ):
            raise SkipTest("Rewards in the shop need website_sale_loyalty.")
        cls.env["loyalty.program"].search([]).active = False
        cls.product.list_price = 20.0
        cls.product.taxes_id = False
        cls.carrier.product_id.taxes_id = False

    @classmethod
    def _create_program(cls, kind="promotion", **values):
        """Return a program that takes a tenth off the products of a cart."""
        return cls.env["loyalty.program"].create(
            {
                "name": "Autumn",
                "program_type": kind,
                "trigger": "auto",
                "applies_on": "current",
                "rule_ids": [Command.create({})],
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
        return cls._create_program(
            "promo_code", trigger="with_code", rule_ids=[rule], **values
        )

    @classmethod
    def _create_free_delivery(cls):
        """Return a promotion that delivers for nothing."""
        return cls._create_program(
            reward_ids=[Command.create({"reward_type": "shipping"})]
        )

    @classmethod
    def _create_gift_card(cls, points):
        """Return a gift card with money on it."""
        program = cls._create_program(
            "gift_card",
            applies_on="future",
            rule_ids=[],
            reward_ids=[
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
        )
        return cls.env["loyalty.card"].create(
            {"program_id": program.id, "code": "MONEY-4321", "points": points}
        )

    @classmethod
    def _enter_code(cls, cart, code):
        """Enter a code as the field of the cart does, and take its reward."""
        status = cart._try_apply_code(code)
        for coupon, rewards in status.items():
            cart._apply_program_reward(rewards[:1], coupon)

    def _get_printed(self, order):
        """Return the subtotals of the current version, as printed."""
        return [
            line["subtotal"]
            for line in order.proforma_version_id._get_document()["lines"]
        ]

    def _sign(self, order):
        return order.sudo()._proforma_sign(
            "Marie Martin", SIGNATURE, partner=self.buyer.partner_id
        )
