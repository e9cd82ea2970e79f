"""The part that runs inside Odoo: rendering, drawing, comparing."""

import json
import os

from dev import paths
from dev.visual import HELP, REFERENCES, documents, pictures


def main(env):
    """Print one line of JSON: the name of each document -> what differs, or ""."""
    # Nothing is committed: the languages are gone with the shell.
    for code in documents.LANGUAGES.values():
        env["res.lang"]._activate_lang(code)
    ours = env["ir.module.module"].search([("name", "in", paths.addons())])
    ours._update_translations(list(documents.LANGUAGES.values()))
    accept = bool(os.environ.get("ACCEPT"))
    report = {}
    for name, document, logo in documents.samples():
        pdf = env["proforma.renderer"]._render_pdf(document, logo)
        report[name] = compare(name, pictures.draw(pdf), accept)
    print(json.dumps(report))


def compare(name, picture, accept=False, references=REFERENCES):
    """What differs from the reference, in a sentence with the file to look at, or "".

    :param bool accept: what differs becomes the reference, and nothing is told
    """
    reference = references / f"{name}.png"
    shown = paths.logs() / f"visual-{name}.png"
    shown.unlink(missing_ok=True)
    found = ("there is no picture yet", picture)
    if reference.is_file():
        found = pictures.difference(reference.read_bytes(), picture)
    if not found:
        return ""
    text, image = found
    if accept:
        references.mkdir(parents=True, exist_ok=True)
        reference.write_bytes(picture)
        return ""
    shown.write_bytes(image)
    return f"{text}; see {shown}, {HELP}"
