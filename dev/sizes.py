"""No file beyond a limit: it wants to be two."""

import sys

LIMIT = 400


def main(*files):
    bad = 0
    for name in files:
        with open(name, encoding="utf-8") as file:
            lines = sum(1 for _line in file)
        if lines > LIMIT:
            bad += 1
            print(f"{name}: {lines} lines, {LIMIT} at most")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
