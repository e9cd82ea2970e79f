"""Logo and pictures as wkhtmltopdf can draw them: small, in a format that it knows."""

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

# A picture is printed on 14 × 14 mm: 230 dpi.
PICTURE_SIZE = (128, 128)


def is_image(content):
    """Return whether the bytes are an image that can be printed."""
    return bool(logo_uri(content))


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


@lru_cache(maxsize=256)
def picture_uri(picture):
    """Return the picture of a product as a data URI, or "" if it is no image.

    :param bytes picture: The file, small already.
    :rtype: str
    """
    try:
        picture = image_process(
            picture, size=PICTURE_SIZE, crop="center", output_format="PNG"
        )
    except UserError:
        return ""
    return f"data:image/png;base64,{base64.b64encode(picture).decode()}"


def _is_drawn_fast(logo, mimetype):
    if mimetype not in DRAWN_MIMETYPES:
        return False
    try:
        width, height = Image.open(io.BytesIO(logo)).size
    except (UnidentifiedImageError, OSError, ValueError):
        return False
    return width <= MAX_SIZE[0] and height <= MAX_SIZE[1]
