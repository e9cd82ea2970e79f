"""Rules of the reminders. Pure functions: no database, no environment."""

from .clock import instant_after, instant_before
from .const_reminder import LIMIT_BASES
from .utils import sha256_hex, today_in

# The hash of a customer is one of so many numbers.
HOLDOUT_SHARES = 10_000


def planned_instant(hours, base, instant, day, delay, unit):
    """Return when a step is due, in working time.

    :param WorkingHours hours: The working time of the company.
    :param str base: A key of `REMINDER_BASES`.
    :param datetime instant: The base, in UTC.
    :param date day: Its day; for a limit the last day before it.
    :param int delay: Signed.
    :param str unit: "hours" or "days".
    :rtype: datetime
    """
    is_before = base in LIMIT_BASES and delay <= 0
    find = instant_before if is_before else instant_after
    return find(hours, instant, day, delay, unit)


def is_held_out(plan_id, partner_id, percent):
    """Return whether a customer belongs to the share that gets no reminders. The same
    customer always does or never does, as long as the share stays; a larger share
    holds all of a smaller one.

    :param int plan_id: Id of the reminder plan.
    :param int partner_id: Id of the customer's company.
    :param float percent: 0 to 100.
    """
    number = int(sha256_hex(str(plan_id), str(partner_id))[:8], 16)
    return number % HOLDOUT_SHARES < percent * HOLDOUT_SHARES / 100


def is_overdue(planned_on, today, tz_name, tolerance_days):
    """Return whether the day of a reminder has passed by more than the tolerance.

    :param datetime planned_on: When it was due, in UTC.
    :param date today: The company's day.
    :param str tz_name: The company's time zone (IANA).
    :param int tolerance_days: 0: it is sent on its day or not at all.
    """
    return (today - today_in(tz_name, planned_on)).days > tolerance_days


def is_too_soon(last, now, tz_name, min_days):
    """Return whether the last mail was too short a time ago.

    :param datetime last: When it was put in the queue, in UTC; None if never.
    :param datetime now: In UTC.
    :param str tz_name: The company's time zone (IANA).
    :param int min_days: From the day of one mail to the day of the next.
    """
    if not last:
        return False
    return (today_in(tz_name, now) - today_in(tz_name, last)).days < min_days
