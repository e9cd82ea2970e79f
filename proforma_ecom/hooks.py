from .const import PROFORMA_SEQUENCE_CODE


def post_init_hook(env):
    """Give every company its own series of pro forma numbers, a reminder plan and its
    status e-mails.
    """
    companies = env["res.company"].with_context(active_test=False).search([])
    companies._create_proforma_sequence()
    companies._set_default_proforma_reminder_plan()
    companies._create_proforma_notices()


def uninstall_hook(env):
    """Put core's own pro forma report back, remove the series of numbers, and what
    would hold the templates of the reminders.
    """
    env.cr.execute("DELETE FROM proforma_reminder")
    env.cr.execute("DELETE FROM proforma_reminder_step")
    env.invalidate_all()
    env["ir.sequence"].search([("code", "=", PROFORMA_SEQUENCE_CODE)]).unlink()
    report = env.ref("sale.action_report_pro_forma_invoice", raise_if_not_found=False)
    if report:
        report.create_action()
