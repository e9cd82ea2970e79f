from datetime import time

from babel.dates import get_day_names

from odoo import models
from odoo.tools import format_time
from odoo.tools.misc import babel_locale_parse, get_lang

from ..clock import group_week


class ResCompany(models.Model):
    """When somebody of the company can be reached, in words."""

    _inherit = "res.company"

    def _get_proforma_hours_texts(self):
        """Return the weekly hours of the company's calendar, in the reader's language.

        :return: Such as "Mon – Fri 9:00 AM – 5:00 PM"; empty if the calendar has no
            fixed hours, or other ones every other week.
        :rtype: list[str]
        """
        self.ensure_one()
        calendar = self.sudo().resource_calendar_id
        if (
            calendar.flexible_hours
            or calendar.duration_based
            or calendar.two_weeks_calendar
        ):
            return []
        return [
            self._format_proforma_hours(first, last, hours)
            for first, last, hours in group_week(self._get_proforma_week(calendar))
        ]

    def _get_proforma_week(self, calendar):
        """Return the hours of each day, breaks left out, what meets in one.

        :param resource.calendar calendar: One with fixed hours.
        :rtype: dict[int, list[tuple[float, float]]]
        """
        week = {}
        attendances = calendar.attendance_ids.filtered(
            lambda a: (
                a.day_period != "lunch"
                and not a.display_type
                and a.hour_to > a.hour_from
            )
        )
        for attendance in attendances.sorted(lambda a: (a.dayofweek, a.hour_from)):
            spans = week.setdefault(int(attendance.dayofweek), [])
            start, end = attendance.hour_from, attendance.hour_to
            if spans and start <= spans[-1][1]:
                spans[-1] = (spans[-1][0], max(spans[-1][1], end))
            else:
                spans.append((start, end))
        return week

    def _format_proforma_hours(self, first, last, hours):
        """Return the hours of one or more days that are alike, in words.

        :param int first: The first day, 0 is Monday.
        :param int last: The last day.
        :param list hours: Of (from, to), in hours.
        :rtype: str
        """
        locale = babel_locale_parse(get_lang(self.env).code)
        names = get_day_names("abbreviated", locale=locale)
        days = names[first] if first == last else f"{names[first]} – {names[last]}"
        spans = [
            f"{self._format_proforma_hour(start)} – {self._format_proforma_hour(end)}"
            for start, end in hours
        ]
        days, *spans = (self._keep_together(part) for part in (days, *spans))
        return f"{days} {', '.join(spans)}"

    def _keep_together(self, text):
        """Return a text in which no line breaks: after a dash only a word joiner
        prevents it.

        :param str text: Such as "9:00 – 12:00".
        :rtype: str
        """
        return text.replace(" ", "\u00a0").replace("–", "–\u2060")

    def _format_proforma_hour(self, hour):
        """Return an hour of the day as text, without seconds.

        :param float hour: From 0 to 24.
        :rtype: str
        """
        minutes = round(hour * 60) % (24 * 60)
        return format_time(self.env, time(*divmod(minutes, 60)), time_format="short")
