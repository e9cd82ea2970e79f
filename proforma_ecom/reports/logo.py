"""The logo as wkhtmltopdf can draw it: small, in a format that it knows."""

import base64
import io
from functools import lru_cache

from PIL import Image, UnidentifiedImageError

from odoo.exceptions import UserError
from odoo.tools.image import image_process
from odoo.tools.mimetypes import guess_mimetype

# Formats that wkhtmltopdf draws; others are converted.
DRAWN_MIMETYPES = ("image/png", "image/jpeg", "image/gif")

# A logo is printed on at most 60 × 22 mm: these are its pixels at 500 dpi.
MAX_SIZE = (1180, 433)


@lru_cache(maxsize=16)
def logo_uri(logo):
    """Return the logo as a data URI, or "" if it is no image.

    Shrinking a large picture costs as much as the rest of the page and a company
    prints the same one all day, hence the cache.

    :param bytes logo: The file.
    :rtype: str
    """
    mimetype = guess_mimetype(logo)
    if mimetype != "image/svg+xml" and not _is_drawn_fast(logo, mimetype):
        try:
            logo = image_process(logo, size=MAX_SIZE, output_format="PNG")
        except UserError:
            return ""
        mimetype = "image/png"
    return f"data:{mimetype};base64,{base64.b64encode(logo).decode()}"


def _is_drawn_fast(logo, mimetype):
    if mimetype not in DRAWN_MIMETYPES:
        return False
    try:
        width, height = Image.open(io.BytesIO(logo)).size
    except (UnidentifiedImageError, OSError, ValueError):
        return False
    return width <= MAX_SIZE[0] and height <= MAX_SIZE[1]
