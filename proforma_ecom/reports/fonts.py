"""Fonts of the report, read from the files that the web client ships.

wkhtmltopdf would fetch them from the running server, which a cron or a single worker
cannot answer; so they travel inside the document.
"""

import base64
import re

from odoo.tools.misc import file_open

FONT_FOLDER = "web/static/fonts"
DEFAULT_FONT = "Lato"

# `res.company.font` -> files of the regular and of the bold face.
FONT_FILES = {
    # Compressed: every kilobyte is read three times, for body, head and foot.
    "Lato": ("lato/Lato-Reg-webfont.woff", "lato/Lato-Bol-webfont.woff"),
    **{
        name: tuple(f"google/{name}/{name}-{face}.ttf" for face in ("Regular", "Bold"))
        for name in (
            "Roboto",
            "Open_Sans",
            "Montserrat",
            "Oswald",
            "Raleway",
            "Tajawal",
            "Fira_Mono",
        )
    },
}

# Fonts whose figures differ in width: columns of numbers would not line up.
PROPORTIONAL_FIGURES = {"Montserrat", "Oswald", "Raleway", "Tajawal"}

# Characters that most of the fonts lack -> files of a font that has them.
SCRIPT_FILES = (
    (re.compile("[\u0600-\u06ff]"), FONT_FILES["Tajawal"]),
    (re.compile("[\u0370-\u052f]"), ("sign/NotoSans-Reg.ttf",)),
)


def font_faces(font, text):
    """Return the CSS font faces for a text.

    The families are "Proforma" (text), "Proforma Figures" (columns of numbers) and
    "Proforma Script" (letters of other scripts); a file that is missing leaves its
    family to the fonts of the machine.

    :param str font: A value of `res.company.font`.
    :param str text: What will be printed.
    :rtype: str
    """
    faces = _get_faces("Proforma", FONT_FILES.get(font, ()))
    if not faces or font in PROPORTIONAL_FIGURES:
        default_files = FONT_FILES[DEFAULT_FONT]
        faces = faces or _get_faces("Proforma", default_files)
        faces += _get_faces("Proforma Figures", default_files)
    for pattern, files in SCRIPT_FILES:
        if pattern.search(text):
            faces += _get_faces("Proforma Script", files)
            break
    return faces


def _get_faces(family, files):
    """Return a font face for each file, the first regular, the second bold."""
    faces = ""
    for name, weight in zip(files, ("normal", "bold"), strict=False):
        try:
            with file_open(f"{FONT_FOLDER}/{name}", "rb") as file:
                content = base64.b64encode(file.read()).decode()
        except FileNotFoundError:
            return ""
        faces += (
            f'@font-face {{ font-family: "{family}"; font-weight: {weight};'
            f" src: url(data:font/{name.rpartition('.')[2]};base64,{content}); }}\n"
        )
    return faces
