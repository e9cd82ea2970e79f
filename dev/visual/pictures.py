"""Pages as one small picture, and whether two pictures look the same.

Needs Pillow and pdftoppm: it runs in Odoo's virtual environment.
"""

import io
import subprocess
import tempfile
from pathlib import Path

from PIL import Image, ImageChops, ImageFilter, PngImagePlugin

DPI = 75
MOST_PAGES = 3  # In the picture; a longer document shows its first two and its last.
GAP = 12
COLOURS = 128
GREY = (224, 224, 224)
MARK = (230, 0, 60)
PAGES = "pages"  # The note inside the file that tells how many pages there are.


# (radius of a blur in pixels, how far a channel of a pixel may be off after it).
# Letters that another program smooths otherwise are the same to both: it is 31 and 7
# off. A line of text that is missing or has moved (from 50) fails the first, a tint
# that is missing (from 12) the second.
LOOKS = ((2, 38), (12, 9))


def draw(pdf, dpi=DPI):
    """The picture of a document, its pages side by side, as a PNG file's bytes."""
    pages = _pages(pdf, dpi)
    shown = pages if len(pages) <= MOST_PAGES else [*pages[:2], pages[-1]]
    width = sum(page.width for page in shown) + GAP * (len(shown) + 1)
    height = max(page.height for page in shown) + 2 * GAP
    sheet = Image.new("RGB", (width, height), GREY)
    left = GAP
    for page in shown:
        sheet.paste(page, (left, GAP))
        left += page.width + GAP
    return _pack(sheet, len(pages))


def difference(reference, picture):
    """(what differs in a sentence, picture of it), or None when they look the same.

    :param bytes reference: A PNG file of :func:`draw`.
    :param bytes picture: Another one.
    """
    before, after = _open(reference), _open(picture)
    counts = [image.info.get(PAGES) for image in (before, after)]
    before, after = before.convert("RGB"), after.convert("RGB")
    if counts[0] != counts[1]:
        return f"{counts[1]} pages instead of {counts[0]}", _beside(before, after)
    if before.size != after.size:
        return f"{after.size} pixels instead of {before.size}", _beside(before, after)
    for blur, most in LOOKS:
        apart = _apart(before, after, blur)
        found = apart.getextrema()[1]
        if found > most:
            mask = apart.point(lambda value, most=most: 255 * (value > most / 2))
            share = mask.histogram()[255] / (mask.width * mask.height)
            text = f"up to {found} of 255 apart, {share:.2%} of the picture"
            return text, _beside(before, after, mask)
    return None


def _pages(pdf, dpi):
    with tempfile.TemporaryDirectory(prefix="proforma-pages-") as folder:
        source = Path(folder, "document.pdf")
        source.write_bytes(pdf)
        command = ["pdftoppm", "-r", str(dpi), "-png", source, Path(folder, "page")]
        subprocess.run([str(part) for part in command], check=True)
        found = sorted(Path(folder).glob("page*.png"))
        return [Image.open(path).convert("RGB") for path in found]


def _pack(sheet, pages):
    """A file with few colours; they hold the rare ones, such as that of a title."""
    note = PngImagePlugin.PngInfo()
    note.add_text(PAGES, str(pages))
    few = sheet.quantize(COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    buffer = io.BytesIO()
    few.save(buffer, "PNG", optimize=True, pnginfo=note)
    return buffer.getvalue()


def _open(content):
    image = Image.open(io.BytesIO(content))
    image.load()
    return image


def _apart(before, after, blur):
    """How far each pixel is off, in the channel where it is furthest, as grey."""
    smooth = ImageFilter.GaussianBlur(blur)
    apart = ImageChops.difference(before.filter(smooth), after.filter(smooth))
    red, green, blue = apart.split()
    return ImageChops.lighter(ImageChops.lighter(red, green), blue)


def _beside(before, after, mask=None):
    """Both below each other, what differs marked in the second one."""
    marked = after.copy()
    if mask is not None:
        red = Image.blend(after, Image.new("RGB", after.size, MARK), 0.5)
        marked.paste(red, mask.filter(ImageFilter.MaxFilter(9)))
    size = max(before.width, after.width), before.height + after.height + GAP
    sheet = Image.new("RGB", size, GREY)
    sheet.paste(before, (0, 0))
    sheet.paste(marked, (0, before.height + GAP))
    buffer = io.BytesIO()
    sheet.save(buffer, "PNG")
    return buffer.getvalue()
