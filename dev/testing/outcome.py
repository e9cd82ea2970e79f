"""What a part of the tests came to, and the last lines that `make test` prints."""

import re
from dataclasses import dataclass, field

from dev import console

# How unittest, and Odoo's log of it, begin what they say of a test.
HEADING = re.compile(r"\b(?:FAIL|ERROR): \w+.*")


@dataclass
class Outcome:
    """One part: how many tests passed and failed, and what to read about it."""

    name: str
    passed: int = 0
    failed: int = 0
    details: list = field(default_factory=list)
    seconds: float = 0

    def check(self, passed, detail):
        """Count one more check."""
        if passed:
            self.passed += 1
        else:
            self.failed += 1
            self.details.append(detail)

    def line(self):
        mark = "FAIL" if self.failed else "ok"
        numbers = f"{self.passed} passed, {self.failed} failed"
        return f"{mark} {self.name}: {numbers} ({console.duration(self.seconds)})"

    def headings(self):
        """What failed, a line each: the tests' names, or how a detail begins."""
        found = []
        for detail in self.details:
            found += HEADING.findall(detail) or detail.strip().splitlines()[:2]
        return found


def conclude(outcomes):
    """Print what failed and the sum as the last line; return the exit code.

    No test executed is a failure: a filter that matches nothing must not look green.
    What failed is named once more at the end, where a cut output still shows it.
    """
    for outcome in outcomes:
        for detail in outcome.details:
            console.say(f"\n--- {outcome.name}\n{detail}")
    console.say()
    for outcome in outcomes:
        console.say(outcome.line())
        for heading in outcome.headings():
            console.say(f"     {heading}")
    passed = sum(outcome.passed for outcome in outcomes)
    failed = sum(outcome.failed for outcome in outcomes)
    if not passed + failed:
        console.say("No test was executed.")
    console.say(f"{passed} passed, {failed} failed")
    return 0 if passed and not failed else 1
