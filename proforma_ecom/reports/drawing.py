"""The drawing of a signature as it is printed: a picture that holds nothing else."""

import base64
import binascii

from odoo.exceptions import UserError
from odoo.tools.image import image_process
from odoo.tools.mimetypes import guess_mimetype

# A customer sends it: no format that could load or run something, as SVG could.
MIMETYPES = ("image/png", "image/jpeg", "image/gif", "image/webp")

# It is printed on at most 70 × 25 mm: these are its pixels at 400 dpi.
MAX_SIZE = (1100, 400)


def drawing_uri(drawing):
    """Return a drawing as a data URI, or "" if it is no picture.

    :param str drawing: The file in base64, may be empty.
    :rtype: str
    """
    try:
        content = base64.b64decode(drawing or "")
        if guess_mimetype(content) not in MIMETYPES:
            return ""
        # Drawn anew, so that nothing but its points comes through.
        picture = image_process(content, size=MAX_SIZE, output_format="PNG")
    except (binascii.Error, ValueError, UserError):
        return ""
    return f"data:image/png;base64,{base64.b64encode(picture).decode()}"
