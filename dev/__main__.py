"""Entry point of every make target: ``python3 -m dev TARGET``."""

import os
import shutil
import sys

WANTED = (3, 11)


def main():
    # Odoo's pinned packages have wheels for this version of Python only, so another
    # interpreter hands over before a line of newer syntax is read.
    if sys.version_info[:2] != WANTED:
        other = shutil.which("python{}.{}".format(*WANTED))
        if other is None:
            sys.exit(
                "Python {}.{} is needed, this is {}.{}: install it (Debian 12 has it "
                "as python3) and run again.".format(*WANTED, *sys.version_info)
            )
        os.execv(other, [other, "-m", "dev", *sys.argv[1:]])
    from dev.cli import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
