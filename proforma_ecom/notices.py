"""Tables of the status e-mails: which there are, what goes with them, how they went."""

# Of every e-mail about a pro forma: from the salesperson, with his signature.
MAIL_LAYOUT = "mail.mail_notification_layout_with_responsible_signature"

# Kind of a status e-mail -> its name, whether it is sent by default, its template.
#
# On is what the customer waits for, or what he would have to find out by himself. Off
# is what repeats the page that he just saw (received), what starts with the first
# keystroke of a correction (in progress), and what would fill the salesperson's mailbox
# with what he finds by a filter (expired).
NOTICES = {
    "received": ("Request Received", False, "mail_template_proforma_received"),
    "in_progress": ("In Progress", False, "mail_template_proforma_in_progress"),
    "issued": ("Issued", True, "mail_template_proforma_issued"),
    "changed": ("New Version", True, "mail_template_proforma_changed"),
    "extended": ("Extended", True, "mail_template_proforma_extended"),
    "expired": ("Expired", True, "mail_template_proforma_expired"),
    "accepted": ("Accepted", True, "mail_template_proforma_accepted"),
    "declined": ("Declined", True, "mail_template_proforma_declined"),
    "deposit_received": (
        "Deposit Received",
        True,
        "mail_template_proforma_deposit_received",
    ),
    "request_answered": (
        "Request Answered",
        True,
        "mail_template_proforma_request_answered",
    ),
    "accepted_seller": (
        "Accepted, to the Salesperson",
        True,
        "mail_template_proforma_accepted_seller",
    ),
    "expired_seller": (
        "Expired, to the Salesperson",
        False,
        "mail_template_proforma_expired_seller",
    ),
}

NOTICE_KINDS = [(kind, name) for kind, (name, _on, _xmlid) in NOTICES.items()]

# What is written to our own side; the proof of sending is about the customer.
SELLER_NOTICES = ("accepted_seller", "expired_seller")

# Those that bring a version to the customer.
VERSION_NOTICES = ("issued", "changed", "extended")

# Kind -> field of the version that holds the file which is attached, as a copy.
NOTICE_FILES = {
    "issued": "attachment_id",
    "changed": "attachment_id",
    "extended": "attachment_id",
    "accepted": "signed_attachment_id",
}

# Reminders have plans of their own and the same proof.
MAILING_KINDS = [*NOTICE_KINDS, ("reminder", "Reminder")]

MAILING_STATES = [
    ("queued", "Queued"),
    ("sent", "Sent"),
    ("bounced", "Bounced"),
    ("failed", "Failed"),
]

# Kind of an e-mail, a reminder too -> the orders that a preview of it is about.
PREVIEW_DOMAINS = {
    "received": [("proforma_request_ids.state", "=", "waiting")],
    "in_progress": [("proforma_state", "=", "revising")],
    "issued": [
        ("proforma_state", "=", "issued"),
        ("proforma_version_id.version", "=", 1),
    ],
    "changed": [
        ("proforma_state", "=", "issued"),
        ("proforma_version_id.version", ">", 1),
    ],
    "extended": [("proforma_version_id.event_ids.kind", "=", "extended")],
    "expired": [("proforma_state", "=", "expired")],
    "accepted": [("proforma_state", "=", "accepted")],
    "declined": [("proforma_state", "=", "declined")],
    "deposit_received": [("proforma_deposit_ids.state", "=", "paid")],
    "request_answered": [
        ("proforma_request_ids.state", "in", ("accepted", "refused", "answered"))
    ],
    "accepted_seller": [("proforma_state", "=", "accepted")],
    "expired_seller": [("proforma_state", "=", "expired")],
    "reminder": [("proforma_state", "=", "issued")],
    "reminder_expired": [("proforma_state", "=", "expired")],
    "reminder_deposit": [("proforma_state", "=", "accepted")],
}

# Days after which it is too late to tell that a pro forma has expired.
EXPIRY_NOTICE_DAYS = 3

# A visitor without a cookie who comes this soon after the e-mail is a program that
# tests its links.
SCANNER_SECONDS = 15

# What programs that follow links are called, in lower case. They say so themselves, or
# are the link checkers of mail and chat programs.
BOT_AGENTS = (
    *("bot", "crawl", "spider", "slurp", "preview", "scan", "monitor", "validator"),
    *("curl/", "wget/", "python-", "aiohttp", "httpx", "okhttp", "go-http-client"),
    *("java/", "libwww", "axios/", "node-fetch", "undici", "headless", "phantomjs"),
    *("facebookexternalhit", "whatsapp", "embedly"),
    *("barracuda", "mimecast", "proofpoint", "safelinks", "symantec", "fortinet"),
    *("google-safety", "google-read-aloud", "feedfetcher", "bingpreview", "yahoo!"),
)
