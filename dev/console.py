"""What the person at the terminal reads: steps, times, one-sentence errors."""

import sys
import time
from contextlib import contextmanager


class DevError(Exception):
    """A problem that the reader can mend: one sentence that ends with the fix."""


def say(text=""):
    print(text, flush=True)


def warn(text):
    print(text, file=sys.stderr, flush=True)


def duration(seconds):
    """Seconds as a person writes them: ``0.4 s``, ``32 s``, ``4 min 05 s``."""
    if seconds < 10:
        return f"{seconds:.1f} s"
    if seconds < 60:
        return f"{seconds:.0f} s"
    return f"{int(seconds) // 60} min {int(seconds) % 60:02d} s"


@contextmanager
def step(title):
    """Announce a step, then say how long it took.

    The time is printed on success only: an error has its own sentence.
    """
    say(f"-> {title} ...")
    start = time.monotonic()
    yield
    say(f"ok {title} ({duration(time.monotonic() - start)})")


class Progress:
    """Says where a long command is, at most every ``every`` seconds.

    :param label: what is running, in a few words
    :param look: function without argument that returns a text, or None to say nothing
    """

    def __init__(self, label, look, every=15):
        self.label, self.look, self.every = label, look, every
        self.start = self.last = time.monotonic()

    def tick(self):
        now = time.monotonic()
        if now - self.last < self.every:
            return
        self.last = now
        text = self.look()
        if text:
            say(f"   {self.label}: {text} ({duration(now - self.start)})")
