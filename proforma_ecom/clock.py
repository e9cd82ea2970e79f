"""Arithmetic of working time. Pure functions: no database, no environment.

Instants are naive and in UTC; days are calendar days of a time zone.
"""

from bisect import bisect_right
from datetime import datetime, time, timedelta

import pytz

from .utils import today_in

# Working hours of who has no calendar: Monday to Friday, 9 to 18.
OFFICE_DAYS = range(5)
OFFICE_HOURS = (time(9), time(18))

# A calendar without working time for so many days says nothing: office hours hold.
LONGEST_CLOSURE_DAYS = 92

# How long before the end of working time the last mail of a day leaves.
LAST_CALL = timedelta(hours=1)


def to_utc(local, tz_name):
    """Return the instant of a wall-clock time. A time that the clocks skip is that of
    an hour later; one that they show twice is the first.

    :param datetime local: Naive.
    :param str tz_name: Name of the time zone (IANA).
    :rtype: datetime
    """
    tz = pytz.timezone(tz_name)
    instant = tz.normalize(tz.localize(local, is_dst=True))
    return instant.astimezone(pytz.utc).replace(tzinfo=None)


def office_intervals(day, tz_name):
    """Return the working time of a day for who has no calendar.

    :rtype: list[tuple[datetime, datetime]]
    """
    if day.weekday() not in OFFICE_DAYS:
        return []
    start, end = (to_utc(datetime.combine(day, hour), tz_name) for hour in OFFICE_HOURS)
    return [(start, end)]


class WorkingHours:
    """The working time of one company, read month by month as it is needed.

    :param str tz_name: The time zone in which its days begin (IANA).
    :param callable load: Given the first day and the day after the last, returns the
        intervals of working time between, sorted, each (start, end) with the end
        exclusive. None: office hours.
    """

    def __init__(self, tz_name, load=None):
        self.tz_name = tz_name
        self._load = load
        self._months = {}

    def get_intervals(self, day):
        """Return the working time that begins on a day.

        :param date day: A day of the company's zone.
        :rtype: list[tuple[datetime, datetime]]
        """
        if not self._load:
            return office_intervals(day, self.tz_name)
        first = day.replace(day=1)
        if first not in self._months:
            after = (first + timedelta(days=32)).replace(day=1)
            month = self._months[first] = {}
            for start, end in self._load(first, after):
                month.setdefault(today_in(self.tz_name, start), []).append((start, end))
        return self._months[first].get(day, [])

    def find_day(self, day, step):
        """Return the working time of a day or, if it has none, of the nearest that has.

        :param date day: Where to begin.
        :param int step: 1 to look ahead, -1 to look back.
        :rtype: list[tuple[datetime, datetime]]
        """
        for distance in range(LONGEST_CLOSURE_DAYS):
            if found := self.get_intervals(day + timedelta(days=step * distance)):
                return found
        while not (found := office_intervals(day, self.tz_name)):
            day += timedelta(days=step)
        return found

    def is_working(self, instant):
        """Return whether an instant lies in working time."""
        return self.next_instant(instant) == instant

    def next_instant(self, instant):
        """Return the instant if it is working time, else the start of the next.

        :rtype: datetime
        """
        return self.next_interval(instant)[0]

    def next_interval(self, instant):
        """Return the working time that is left at an instant until the next pause, or
        else the next one.

        :return: Start and end, the end exclusive.
        :rtype: tuple[datetime, datetime]
        """
        day = today_in(self.tz_name, instant)
        # Work that began the day before may go on past midnight.
        yesterday = self.get_intervals(day - timedelta(days=1))
        for start, end in [*yesterday, *self.find_day(day, 1)]:
            if instant < end:
                return max(instant, start), end
        return self.find_day(day + timedelta(days=1), 1)[0]

    def add(self, hours, instant):
        """Return the instant at which so many hours of working time are over.

        :param float hours: 0 or more.
        :rtype: datetime
        """
        left = timedelta(hours=hours)
        start, end = self.next_interval(instant)
        while end - start < left:
            left -= end - start
            start, end = self.next_interval(end)
        return start + left

    def count(self, start, end):
        """Return the hours of working time between two instants, 0 if there are none.

        :rtype: float
        """
        total = timedelta()
        begin, stop = self.next_interval(start)
        while begin < end:
            total += min(stop, end) - begin
            begin, stop = self.next_interval(stop)
        return total / timedelta(hours=1)

    def last_instant(self, instant):
        """Return the instant if it is working time, else one shortly before the end of
        the last working time before it.

        :rtype: datetime
        """
        day = today_in(self.tz_name, instant)
        begun = [pair for pair in self.get_intervals(day) if pair[0] <= instant]
        intervals = begun or self.find_day(day - timedelta(days=1), -1)
        starts = [start for start, _end in intervals]
        start, end = intervals[max(bisect_right(starts, instant) - 1, 0)]
        return instant if instant < end else max(start, end - LAST_CALL)


def instant_after(hours, instant, day, delay, unit):
    """Return when a step is due that follows its base.

    :param WorkingHours hours: The working time of the company.
    :param datetime instant: The base; the result is never before it.
    :param date day: The day of the base.
    :param int delay: Hours or days, 0 or more. After days, the step is due when the
        work of that day begins.
    :param str unit: "hours" or "days".
    :rtype: datetime
    """
    if unit == "hours":
        return hours.next_instant(instant + timedelta(hours=delay))
    start = hours.find_day(day + timedelta(days=delay), 1)[0][0]
    return start if start >= instant else hours.next_instant(instant)


def instant_before(hours, instant, day, delay, unit):
    """Return when a step is due that comes before a limit, or on its day.

    :param WorkingHours hours: The working time of the company.
    :param datetime instant: The limit, exclusive; the result is before it.
    :param date day: The last day before the limit.
    :param int delay: Hours or days, 0 or less. A step of days is due when the work of
        that day begins; if that is no working day, of the last one before.
    :param str unit: "hours" or "days".
    :rtype: datetime
    """
    if unit == "hours":
        moment = instant + timedelta(hours=delay) - timedelta(seconds=not delay)
        return hours.last_instant(moment)
    return hours.find_day(day + timedelta(days=delay), -1)[0][0]


def group_week(hours):
    """Return the working time of a week, days that follow each other and are alike in
    one.

    :param dict hours: By day (0 is Monday), a list of (from, to) in hours, sorted.
    :return: First day, last day, hours of each.
    :rtype: list[tuple[int, int, list[tuple[float, float]]]]
    """
    groups = []
    for day in sorted(hours):
        if groups and groups[-1][1] == day - 1 and groups[-1][2] == hours[day]:
            groups[-1] = (groups[-1][0], day, hours[day])
        else:
            groups.append((day, day, hours[day]))
    return groups
