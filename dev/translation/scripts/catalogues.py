# Runs in an Odoo shell: exports the texts of the addons and compares or merges them.
import io
import json
import os
from pathlib import Path

import polib

from odoo.tools.translate import trans_export

checkout = Path(os.environ["CHECKOUT"])
write = bool(os.environ["WRITE"])


def export(addon):
    buffer = io.BytesIO()
    trans_export(False, [addon], buffer, "po", env)
    return polib.pofile(buffer.getvalue().decode(), wrapwidth=78)


def places(catalogue):
    # Which text stands where; dates and the order of the entries do not matter.
    return {
        entry.msgid: sorted(entry.occurrences)
        for entry in catalogue
        if not entry.obsolete
    }


def merge(path, template):
    catalogue = polib.pofile(str(path), wrapwidth=78)
    catalogue.merge(template)
    for entry in catalogue.obsolete_entries():
        catalogue.remove(entry)
    catalogue.sort(key=lambda entry: entry.msgid.casefold())
    if write:
        catalogue.save(str(path))
    return [
        f"{path.name}: {entry.msgid}"
        for entry in catalogue
        if not entry.translated() or "fuzzy" in entry.flags
    ]


report = {}
for addon in os.environ["ADDONS"].split(","):
    folder = checkout / addon / "i18n"
    target = folder / f"{addon}.pot"
    # An addon without texts has no catalogue.
    template = export(addon)
    old = polib.pofile(str(target)) if target.exists() else polib.POFile()
    new_places, old_places = places(template), places(old)
    changed = sorted(
        text
        for text in {*new_places, *old_places}
        if new_places.get(text) != old_places.get(text)
    )
    if changed and write:
        folder.mkdir(exist_ok=True)
        template.save(str(target))
    untranslated = []
    for path in sorted(folder.glob("*.po")):
        untranslated += merge(path, template)
    report[addon] = {"changed": changed, "untranslated": untranslated}
print()
print(json.dumps(report))
