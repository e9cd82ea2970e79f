"""Tables of what customers ask for, and of what may become of it."""

REQUEST_KINDS = [
    ("first", "First Pro Forma"),
    ("change", "Change"),
    ("offer", "Counter-Offer"),
    ("question", "Question"),
    ("renewal", "Renewal"),
]

REQUEST_STATES = [
    ("waiting", "Waiting for Us"),
    ("accepted", "Accepted"),
    ("adapted", "Adapted"),
    ("refused", "Refused"),
    ("answered", "Answered"),
    ("withdrawn", "Withdrawn"),
]

# Target state -> states it may be reached from. What is closed stays closed.
REQUEST_TRANSITIONS = {
    "accepted": ("waiting",),
    "adapted": ("waiting",),
    "refused": ("waiting",),
    "answered": ("waiting",),
    "withdrawn": ("waiting",),
}

# How a question may end, and how everything else may.
QUESTION_ANSWERS = ("answered",)
REQUEST_ANSWERS = ("accepted", "adapted", "refused")

# Answers that the customer does not understand without a word.
SPOKEN_ANSWERS = ("refused", "answered")

# State of the pro forma -> kinds of request that it makes pointless.
REQUESTS_ENDED_BY = {
    "accepted": ("first", "change", "offer", "renewal"),
    "declined": ("first", "change", "offer", "renewal", "question"),
    "cancelled": ("first", "change", "offer", "renewal", "question"),
}

# Kind of request -> what it has become when a new version is issued without the inbox.
# A counter-offer still waits: a version may be new for another reason.
REQUESTS_ENDED_BY_ISSUE = {
    "first": "accepted",
    "renewal": "accepted",
    "change": "adapted",
}

# Working hours within which an answer is promised, by default and at most.
DEFAULT_ANSWER_HOURS = 8.0
MAX_ANSWER_HOURS = 1000.0

# Requests of one order that may wait at the same time; more are a machine's.
MAX_WAITING_REQUESTS = 20

# Requests of one order within a day, answered and withdrawn ones too: whoever asks and
# withdraws in a loop plans and mails without end.
MAX_REQUESTS_A_DAY = 50

# In seconds: who sends the same form again so soon clicked twice.
REPEATED_SECONDS = 60

# The largest quantity that anybody means.
MAX_QUANTITY = 999_999

# What becomes of a change that the customer asks for on the page.
CHANGE_RULES = [
    ("automatic", "A new version at once, within the limit"),
    ("never", "The salesperson decides"),
    ("off", "Not offered on the page"),
]

# What becomes of a price that the customer offers on the page.
OFFER_RULES = [
    ("automatic", "Accepted at once within the limits"),
    ("never", "The salesperson decides"),
    ("off", "Not possible on the page"),
]
