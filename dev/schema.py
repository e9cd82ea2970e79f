"""Validate data files against Odoo's own schema.

The linters' Python runs it, for lxml.
"""

import sys

from lxml import etree


def main(schema, *files):
    validator = etree.RelaxNG(etree.parse(schema))
    bad = 0
    for name in files:
        if not validator.validate(etree.parse(name)):
            bad += 1
            for error in validator.error_log:
                print(f"{name}:{error.line}: {error.message}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
