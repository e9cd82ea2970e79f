"""Reading Odoo's log: what the tests say, and what nobody should have to read."""

import re
from dataclasses import dataclass, field

from dev.testing import allowlist

HEAD = re.compile(
    r"\d{4}-\d\d-\d\d [\d:,]+ \d+ "
    r"(?P<level>[A-Z]+) \S+ (?P<logger>[\w.]+): (?P<text>.*)"
)
SUMMARY = re.compile(r"(\d+) failed, (\d+) error\(s\) of (\d+) tests")
TEST_FAILURE = re.compile(r"(FAIL|ERROR): ")
BAD = ("WARNING", "ERROR", "CRITICAL")
TRACEBACK = "\nTraceback (most recent call last):"


@dataclass
class Report:
    """What one log holds.

    ``failures`` are the failed tests, ``problems`` the other warnings and errors, both
    as they stand in the log with their tracebacks.
    """

    tests: int = 0
    failed: int = 0
    failures: list = field(default_factory=list)
    problems: list = field(default_factory=list)


def records(lines):
    """Yield (match, text) of each record; the text includes the lines that follow."""
    head, body = None, []
    for line in lines:
        found = HEAD.match(line)
        if found:
            if head:
                yield head, "\n".join(body)
            head, body = found, [line.rstrip("\n")]
        elif head:
            body.append(line.rstrip("\n"))
    if head:
        yield head, "\n".join(body)


def digest(texts, most=20):
    """The different texts, each once and shortened, with how often it came."""
    counts = {}
    for text in texts:
        head, _newline, rest = text.partition("\n")
        # Two records differ in their time and process id only.
        key = re.sub(r"^\S+ \S+ \d+ ", "", head)
        count, shown = counts.get(key, (0, "\n".join([key, *_middle(rest)])))
        counts[key] = (count + 1, shown)
    shown = [
        f"{text}   [{count} times]" for count, text in list(counts.values())[:most]
    ]
    left = len(counts) - len(shown)
    return "\n".join([*shown, *([f"... and {left} others"] if left else [])])


def _middle(text, first=4, last=12):
    """The beginning and the end of a traceback."""
    lines = text.splitlines()
    if len(lines) <= first + last:
        return lines
    return [*lines[:first], "    ...", *lines[-last:]]


def read(path):
    """Read the log of one Odoo that ran tests."""
    report = Report()
    with open(path, encoding="utf-8", errors="replace") as file:
        for head, text in records(file):
            _add(report, head, text)
    return report


def _add(report, head, text):
    summary = SUMMARY.search(head["text"])
    if head["logger"] == "odoo.tests.result" and summary:
        failures, errors, tests = (int(number) for number in summary.groups())
        report.failed += failures + errors
        report.tests += tests
    elif head["level"] in BAD and TEST_FAILURE.match(head["text"]):
        report.failures.append(text)
    elif _is_bad(head) or TRACEBACK in text:
        report.problems.append(text)


def _is_bad(head):
    """Whether a record itself is a problem; a traceback below any record is one too.

    It may be that of a process which died before it could log.
    """
    text = f"{head['level']} {head['logger']}: {head['text']}"
    return head["level"] in BAD and not allowlist.is_allowed(text)


def latest_test(path):
    """(number of tests started, name of the last one), for a line of progress."""
    count, name = 0, ""
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            for line in file:
                found = re.search(r": Starting (\w+\.test_\w+)", line)
                if found:
                    count, name = count + 1, found[1]
    except OSError:
        return 0, ""
    return count, name
