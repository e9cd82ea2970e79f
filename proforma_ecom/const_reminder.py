"""Names and tables of the reminders."""

# What the delay of a step counts from.
REMINDER_BASES = [
    ("issued", "Issue"),
    ("deadline", "Deadline"),
    ("viewed", "Last view by the customer"),
    ("message", "Our last message"),
    ("deposit_due", "Due date of a deposit"),
]

# Bases whose day must not be missed: what is due before it never slips past it.
LIMIT_BASES = ("deadline", "deposit_due")

DELAY_UNITS = [("days", "Days"), ("hours", "Hours")]

REMINDER_CHANNELS = [
    ("mail", "E-mail"),
    ("activity", "Activity"),
]

VIEWED_CONDITIONS = [
    ("any", "Viewed or not"),
    ("no", "Not viewed yet"),
    ("yes", "Viewed"),
]

VERSION_KINDS = [
    ("any", "Any version"),
    ("first", "First version"),
    ("later", "Later version"),
]

REMINDER_STATES = [
    ("planned", "Planned"),
    ("sent", "Sent"),
    ("shadow", "Would Have Been Sent"),
    ("skipped", "Skipped"),
    ("failed", "Failed"),
]

# Why a reminder was not sent. The first are states of the order, see PROFORMA_STATES.
REMINDER_REASONS = [
    ("accepted", "The customer accepted."),
    ("declined", "The customer declined."),
    ("cancelled", "The pro forma was cancelled."),
    ("revising", "The pro forma is in revision."),
    ("expired", "The pro forma has expired."),
    ("signed", "The customer has signed; his deposit is awaited."),
    ("new_version", "A new version was issued."),
    ("asked", "The customer asked a question."),
    ("answered", "The customer said what keeps him from accepting."),
    ("replied", "The customer answered by e-mail."),
    ("renewal_asked", "The customer asked for a renewal."),
    ("requested", "The customer asked for other terms."),
    ("settled", "The deposit is paid, void or being paid."),
    ("paused", "The reminders were paused by the salesperson."),
    ("opted_out", "No reminders are wanted for this document."),
    ("opted_out_customer", "The customer wants no reminders."),
    ("holdout", "The customer is in the group that gets no reminders, for comparison."),
    ("past", "Its time had passed when it was planned."),
    ("too_late", "Its day has passed by more than the tolerance."),
    ("too_soon", "The contact got another reminder a short time ago."),
    ("condition", "The conditions of the step were not met."),
    ("no_email", "The contact has no valid e-mail address."),
    ("plan_changed", "The reminder plan was changed."),
    ("error", "It failed."),
]

# Reasons that also stop the reminders of deposits, which go on after the acceptance.
FINAL_REASONS = ("declined", "cancelled", "opted_out", "opted_out_customer")

# A deposit that is not reminded of for one of these is told to who looks after it.
TOLD_DEPOSIT_REASONS = ("too_soon", "too_late", "no_email")

# Events that say that the customer has seen a version.
VIEW_KINDS = ("viewed", "downloaded")

# Events that are words of the customer about a version, and reasons to be silent.
WORD_KINDS = ("renewal_asked", "answered", "asked", "requested")

# A new message of ours plans anew what was stopped for one of these.
RENEWABLE_REASONS = ("asked", "replied")

# Pro formas that are planned together; reminders that are sent together.
PLAN_BATCH_SIZE = 1000
SEND_BATCH_SIZE = 50
