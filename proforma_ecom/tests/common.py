from contextlib import contextmanager
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import new_test_user
from odoo.tools import mute_logger

from odoo.addons.account_payment.tests.common import AccountPaymentCommon
from odoo.addons.mail.tests.common import MailCase
from odoo.addons.sale.tests.common import SaleCommon

VERSION_LOGGER = "odoo.addons.proforma_ecom.models.proforma_version"

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"

# A drawing of one pixel, as the signature pad would send it.
SIGNATURE = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU"
    "5ErkJggg=="
)


class ProformaCommon(SaleCommon):
    """An issuer and a customer that lack nothing, and ways to make pro formas.

    The issuer is outside of the European Union: untaxed orders need no reason.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.partner_id.tz = "Europe/Paris"
        cls._complete_company(cls.env.company)
        cls.customer = cls._create_customer("Boulangerie Martin SARL")
        cls.plan_30_70 = cls.env.ref("proforma_ecom.deposit_plan_30_70")

    @classmethod
    def _complete_company(cls, company):
        """Fill in what a pro forma says of its issuer, as far as it is missing."""
        values = {
            "company_registry": "123 456 789",
            "phone": "+41 22 900 12 34",
            "email": "issuer@example.com",
            "street": "1 rue du Test",
            "city": "Genève",
            "country_id": cls.env.ref("base.ch").id,
        }
        company.write({f: v for f, v in values.items() if not company[f]})
        if not company.partner_id.bank_ids:
            cls.env["res.partner.bank"].create(
                {"acc_number": "CH123456789", "partner_id": company.partner_id.id}
            )

    @classmethod
    def _move_company(cls, country, zip_code="", **values):
        """Establish the company elsewhere: in a country, given by its code."""
        cls.env.company.write(
            {
                "country_id": cls.env.ref(f"base.{country}").id,
                "state_id": False,
                "zip": zip_code,
                **values,
            }
        )

    @classmethod
    def _create_customer(cls, name, **values):
        return cls.env["res.partner"].create(
            {
                "name": name,
                "email": "customer@example.com",
                "phone": "+33 1 99 00 12 34",
                "street": "3 place du Marché",
                "zip": "69002",
                "city": "Lyon",
                "country_id": cls.env.ref("base.fr").id,
                "is_company": True,
                **values,
            }
        )

    @classmethod
    def _create_order(cls, **values):
        """Return an order of 10 × 100.00 without taxes, unless told otherwise."""
        return cls.env["sale.order"].create(
            {
                "partner_id": cls.customer.id,
                "order_line": [
                    Command.create(
                        {
                            "product_id": cls.product.id,
                            "product_uom_qty": 10.0,
                            "price_unit": 100.0,
                        }
                    )
                ],
                **values,
            }
        )

    @classmethod
    def _create_proforma(cls, **values):
        """Return an issued order."""
        order = cls._create_order(**values)
        order.action_proforma_issue()
        return order

    @classmethod
    def _speak_french(cls):
        """Offer French; on a website a page speaks the language of the visit."""
        languages = cls.env["res.lang"]
        languages._activate_lang("fr_FR")
        cls.env["ir.module.module"]._load_module_terms(["proforma_ecom"], ["fr_FR"])
        if "website" in cls.env:
            websites = cls.env["website"].search([])
            websites.language_ids += languages._lang_get("fr_FR")

    def _sign(self, order, **kwargs):
        """Sign as the customer would on the portal."""
        return order.sudo()._proforma_sign(
            "Marie Martin", SIGNATURE, partner=self.customer, **kwargs
        )

    @contextmanager
    def _broken_renderer(self):
        """Make every rendering fail, as a missing wkhtmltopdf would."""
        renderer = self.env.registry["proforma.renderer"]
        with patch.object(
            renderer, "_render_pdf", side_effect=UserError("wkhtmltopdf is missing")
        ):
            yield

    def _create_proforma_without_pdf(self, **values):
        """Return an issued order whose PDF could not be rendered."""
        with self._broken_renderer(), mute_logger(VERSION_LOGGER):
            return self._create_proforma(**values)

    def _send_mail_without_pdf(self, order):
        """Ask for the e-mail of the pro forma while its PDF cannot be rendered."""
        with self._broken_renderer(), mute_logger(VERSION_LOGGER):
            return order._proforma_send_mail()

    def url_open(self, url, *args, headers=None, **kwargs):
        """Open a page as a person does: programs are nobody's reading."""
        headers = {"User-Agent": BROWSER, **(headers or {})}
        return super().url_open(url, *args, headers=headers, **kwargs)

    def _run_cron(self, name):
        """Run one of our scheduled actions."""
        with self.enter_registry_test_mode():
            self.env.ref(f"proforma_ecom.{name}").method_direct_trigger()


class ProformaPaymentCommon(AccountPaymentCommon, MailCase, ProformaCommon):
    """Pro formas with a tax of 20 % and a real payment provider with its journal."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.currency = cls.env.company.currency_id
        cls.tax_20 = cls.env["account.tax"].create(
            {"name": "20%", "amount": 20.0, "type_tax_use": "sale"}
        )
        cls.product.taxes_id = cls.tax_20

    @classmethod
    def default_env_context(cls):
        return {}

    @classmethod
    def _create_deposit_proforma(cls, **values):
        """Return an issued order of 1,200.00 that asks for a deposit of 360.00."""
        return cls._create_proforma(
            proforma_deposit_plan_id=cls.plan_30_70.id, **values
        )

    def _create_deposit_tx(self, order, **values):
        """Return a payment of the due deposit, as the portal would create it."""
        deposit = order._get_proforma_due_deposit()
        return self._create_transaction(
            "direct",
            **{
                "amount": deposit.amount,
                "currency_id": order.currency_id.id,
                "partner_id": order.partner_id.id,
                "sale_order_ids": [Command.set(order.ids)],
                "proforma_deposit_id": deposit.id,
                "proforma_version_id": order.proforma_version_id.id,
                "reference": f"tx-{order.id}-{len(order.sudo().transaction_ids)}",
                **values,
            },
        )

    def _create_bank_line(self, amount, text, **values):
        """Return a bank transaction of today, as an import would create it."""
        return self.env["account.bank.statement.line"].create(
            {
                "journal_id": self.company_data["default_journal_bank"].id,
                "amount": amount,
                "payment_ref": text,
                **values,
            }
        )

    def _pay(self, tx):
        """Let the provider confirm the payment."""
        tx._set_done()
        tx._post_process()
        return tx


class ProformaRefundCommon(ProformaPaymentCommon):
    """Paid orders of 1,200.00, a deposit of 360.00 among it, and an accountant."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.accountant = new_test_user(
            cls.env, "refund_accountant", groups="account.group_account_invoice"
        )

    def _create_paid_order(self, **values):
        """Return an accepted order whose deposit is paid."""
        order = self._create_deposit_proforma(**values)
        self._sign(order)
        self._pay(self._create_deposit_tx(order))
        return order

    def _create_earnest_order(self, **values):
        """Return an accepted order whose earnest money is paid."""
        self.plan_30_70.line_ids[0].nature = "arrhes"
        return self._create_paid_order(**values)

    def _open_refund(self, deposit, user=None, **values):
        wizards = self.env["proforma.deposit.refund"].with_user(user or self.accountant)
        return wizards.create(
            {"deposit_id": deposit.id, "reason": "Agreed by phone", **values}
        )

    def _refund(self, deposit, **values):
        """Return the document that the wizard makes."""
        action = self._open_refund(deposit, **values).action_settle()
        return self.env[action["res_model"]].browse(action["res_id"])

    def _pay_back(self, credit):
        return (
            self.env["account.payment.register"]
            .with_context(active_model="account.move", active_ids=credit.ids)
            .create({})
            ._create_payments()
        )

    def assertCents(self, order):
        """Assert that the schedule is the total, and the invoices are the schedule."""
        deposits = order.proforma_deposit_ids
        counted = order._get_proforma_counted_deposits()
        gap = order.currency_id.round(
            sum(counted.mapped("amount")) - order.amount_total
        )
        if order.proforma_state == "accepted":
            self.assertAlmostEqual(gap, order.proforma_overpayment)
        self.assertFalse(deposits.filtered(lambda d: d.amount < 0))
        invoiced = counted.filtered(lambda d: d.invoice_id.state == "posted")
        invoices = deposits.invoice_id | deposits.invoice_id.reversal_move_ids
        posted = invoices.filtered(lambda m: m.state == "posted")
        self.assertAlmostEqual(
            sum(-m.direction_sign * m.amount_total for m in posted),
            sum(invoiced.mapped("amount")),
        )
