"""PDF files made for the tests, and what is read in one."""

import io
import subprocess

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen import canvas

from odoo.tools import pdf

from ..reports.pdf_merge import copy_extras, open_pdf, write_pdf


def make_pdf(text, pages=1, field=None, password=None, embedded=None, size=A4):
    """Return a PDF.

    :param str text: What stands on each page, with the number of the page behind it.
    :param str field: Name of a form field for text on the first page.
    :param str password: Protects the file.
    :param dict embedded: Files in the file, by name.
    :rtype: bytes
    """
    buffer = io.BytesIO()
    sheet = canvas.Canvas(buffer, pagesize=size, encrypt=password)
    for page in range(1, pages + 1):
        sheet.drawString(72, 700, f"{text} {page}")
        if field and page == 1:
            sheet.acroForm.textfield(name=field, x=72, y=600, width=300, height=24)
        sheet.showPage()
    sheet.save()
    content = buffer.getvalue()
    return _embed(content, embedded) if embedded else content


def make_empty_pdf():
    """Return a PDF without a page."""
    buffer = io.BytesIO()
    pdf.PdfFileWriter().write(buffer)
    return buffer.getvalue()


def make_endless_pdf():
    """Return a PDF whose table of objects names itself as the one before."""
    content = make_pdf("Endless")
    offset = content.rpartition(b"startxref")[2].split()[0]
    return content.replace(b"/Size", b"/Prev %s /Size" % offset)


def make_looping_pdf(entries=1):
    """Return a PDF whose tree of embedded files holds itself, twice on each level.

    :param int entries: How many times it names its one file.
    """
    objects = (
        b"<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles 4 0 R>>>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
        b"<</Kids[4 0 R 4 0 R]/Names[%s]>>" % (b"(a) 5 0 R " * entries),
        b"<</Type/Filespec/F(a)/EF<</F 6 0 R>>>>",
        b"<</Length 1>>stream\n1\nendstream",
    )
    return _write_objects(objects)


def get_pages(content):
    """Return the text of each page, as poppler reads it.

    :param bytes content: A PDF file.
    :rtype: list[str]
    """
    run = subprocess.run(
        ["pdftotext", "-layout", "-", "-"],
        input=content,
        capture_output=True,
        check=True,
    )
    return run.stdout.decode().split("\f")[:-1]


def find_pages(content, *texts):
    """Return where the texts stand, as positions of pages in the order of the texts.

    :param bytes content: A PDF file.
    :rtype: list[int]
    """
    pages = get_pages(content)
    return [
        next((i for i, page in enumerate(pages) if text in page), None)
        for text in texts
    ]


def damage(attachment):
    """Damage a stored file behind the back of every check.

    :param ir.attachment attachment: The file.
    """
    attachment.env.flush_all()
    attachment.env.cr.execute(
        "UPDATE ir_attachment SET db_datas = %s, store_fname = NULL WHERE id = %s",
        [b"%PDF-1.4 damaged", attachment.id],
    )
    attachment.env.invalidate_all()


def _write_objects(objects):
    """Return a PDF of these objects, the first is its catalog."""
    content, offsets = b"%PDF-1.4\n", []
    for number, text in enumerate(objects, 1):
        offsets.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, text)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return content + (
        b"xref\n0 %(size)d\n0000000000 65535 f \n%(table)s"
        b"trailer\n<</Size %(size)d/Root 1 0 R>>\nstartxref\n%(start)d\n%%%%EOF\n"
        % {b"size": len(objects) + 1, b"table": table, b"start": len(content)}
    )


def _embed(content, embedded):
    writer = pdf.OdooPdfFileWriter()
    reader = open_pdf(content)
    for page in reader.pages:
        writer.add_page(page)
    copy_extras(reader, writer)
    for name, data in embedded.items():
        writer.add_attachment(name, data)
    return write_pdf(writer)
