"""Puts PDF files one behind the other; files embedded in them and forms are kept."""

import io
import re
from itertools import islice

from odoo.tools import pdf

# An uploaded file beyond this many bytes would make every document a burden.
MAX_SIZE = 10 * 1024 * 1024

# What the fields of a form are written with: its fonts, and which of them.
FORM_RESOURCES = ("/DR", "/DA")

# Where a file says that its last table of objects begins, and where the one before.
LAST_TABLE = re.compile(rb"startxref\s+(\d+)")
PREVIOUS_TABLE = re.compile(rb"/Prev\s+(\d+)\b(?!\s+\d+\s+R)")

# Deeper than any real tree; a damaged file may hold one that never ends.
MAX_DEPTH = 20

# More than any real file embeds; one made to do harm may name hundreds of thousands.
MAX_EMBEDDED_FILES = 1000


def open_pdf(content):
    """Return a reader that is lenient with what other programs wrote.

    :param bytes content: A PDF file.
    """
    return pdf.PdfFileReader(io.BytesIO(content), strict=False)


def find_fault(content):
    """Return why a file cannot be put into a document.

    :param bytes content: Any file.
    :return: `not_pdf`, `encrypted`, `broken`, `empty`; "" for a good file.
    :rtype: str
    """
    if b"%PDF-" not in content[:1024]:
        return "not_pdf"
    if _is_endless(content):
        return "broken"
    try:
        reader = open_pdf(content)
        if reader.is_encrypted:
            return "encrypted"
        if not len(reader.pages):
            return "empty"
        merge_pdfs([content])
    except (pdf.DependencyError, NotImplementedError):
        return "encrypted"  # In a way that the library does not even know.
    # Whatever is wrong with a foreign file, it shows somewhere inside the library.
    except Exception:  # noqa: BLE001
        return "broken"
    return ""


def merge_pdfs(contents, main=0):
    """Return one file with the pages of all.

    :param list[bytes] contents: Good PDF files.
    :param int main: Position of the one whose title the whole takes.
    :rtype: bytes
    """
    writer = pdf.PdfFileWriter()
    for position, content in enumerate(contents):
        reader = open_pdf(content)
        for page in reader.pages:
            writer.add_page(page)
        copy_extras(reader, writer)
        if position == main and reader.metadata and reader.metadata.title:
            writer.add_metadata({"/Title": reader.metadata.title})
    return write_pdf(writer)


def copy_extras(reader, writer):
    """Take over what belongs to a whole file: embedded files, fonts of its form.

    :param reader: The file that the pages come from.
    :param writer: The file that they were added to.
    """
    catalog = reader.trailer["/Root"].get_object()
    if files := list(_get_embedded_files(catalog)):
        _add_embedded_files(writer, files)
    if associated := catalog.get("/AF"):
        _get_entry(writer._root_object, "/AF", pdf.ArrayObject).extend(associated)
    if source := catalog.get("/AcroForm"):
        form = _get_entry(writer._root_object, "/AcroForm", pdf.DictionaryObject)
        for key in FORM_RESOURCES:
            if key in source:
                _fill_in(form, key, source.raw_get(key))


def fill_fields(writer, values):
    """Write texts into the form fields of the pages.

    :param writer: The pages, with their extras.
    :param dict[str, str] values: What to write, by the name of the field.
    """
    _get_entry(writer._root_object, "/AcroForm", pdf.DictionaryObject)
    for page in writer.pages:
        if page.get("/Annots"):  # The library warns of every other page.
            writer.update_page_form_field_values(page, values)


def write_pdf(writer):
    """Return the file; its form knows every field of its pages.

    :param writer: The pages, with their extras.
    :rtype: bytes
    """
    fields = {}
    for page in writer.pages:
        for annotation in page.get("/Annots") or ():
            field = _get_root_field(annotation)
            if field is not None:
                fields.setdefault(id(field.get_object()), field)
    if fields:
        form = _get_entry(writer._root_object, "/AcroForm", pdf.DictionaryObject)
        form[pdf.NameObject("/Fields")] = pdf.ArrayObject(fields.values())
        form[pdf.NameObject("/NeedAppearances")] = pdf.BooleanObject(True)
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def get_embedded_files(content):
    """Return the files embedded in a PDF, by name.

    :param bytes content: A PDF file.
    :rtype: dict[str, bytes]
    """
    catalog = open_pdf(content).trailer["/Root"].get_object()
    return {
        str(name): specification.get_object()["/EF"]["/F"].get_object().get_data()
        for name, specification in _get_embedded_files(catalog)
    }


def _is_endless(content):
    """Return whether the tables of a file name each other: no library ever ends."""
    known = set()
    found = LAST_TABLE.search(content, max(content.rfind(b"startxref"), 0))
    while found:
        offset = int(found[1])
        if offset in known:
            return True
        known.add(offset)
        end = content.find(b"startxref", offset)
        found = PREVIOUS_TABLE.search(content, offset, len(content) if end < 0 else end)
    return False


def _get_embedded_files(catalog):
    """Return name and specification (a reference) of each embedded file."""
    names = catalog.get("/Names", pdf.DictionaryObject())
    if "/EmbeddedFiles" not in names:
        return iter(())
    leaves = _get_leaves(names.raw_get("/EmbeddedFiles"), set())
    return islice(leaves, MAX_EMBEDDED_FILES)


def _get_leaves(reference, visited, depth=0):
    """Yield name and value of a tree of names.

    :param reference: A node of the tree.
    :param set visited: Takes the nodes, for a damaged tree may hold one in itself: a
        limit of the depth alone lets their number grow without end.
    """
    node = reference.get_object()
    # The reader keeps what it has read: the same node is the same object.
    key = getattr(reference, "idnum", None) or id(node)
    is_node = isinstance(node, pdf.DictionaryObject)
    if not is_node or key in visited or depth > MAX_DEPTH:
        return
    visited.add(key)
    entries = node.get("/Names") or ()
    for position in range(0, len(entries) - 1, 2):
        yield entries[position].get_object(), entries[position + 1]
    for child in node.get("/Kids") or ():
        yield from _get_leaves(child, visited, depth + 1)


def _add_embedded_files(writer, files):
    """Embed files; names are unique and sorted, for readers that search in halves.

    :param writer: The file that takes them.
    :param list[tuple] files: Name and specification (a reference) of each.
    """
    names = _get_entry(writer._root_object, "/Names", pdf.DictionaryObject)
    tree = _get_entry(names, "/EmbeddedFiles", pdf.DictionaryObject)
    entries = _get_entry(tree, "/Names", pdf.ArrayObject)
    pairs = dict(zip(entries[::2], entries[1::2], strict=True))
    counts = {}
    for name, specification in files:
        unique, count = name, counts.get(name, 1)
        while unique in pairs:
            count += 1
            unique = pdf.createStringObject(f"{name} ({count})")
        counts[name] = count
        pairs[unique] = specification
    entries[:] = [part for key in sorted(pairs, key=str) for part in (key, pairs[key])]


def _get_root_field(annotation):
    """Return the field that an annotation belongs to (a reference), or None."""
    if annotation.get_object().get("/Subtype") != "/Widget":
        return None
    for _level in range(MAX_DEPTH):
        parent = annotation.get_object().get("/Parent")
        if parent is None:
            break
        annotation = annotation.get_object().raw_get("/Parent")
    return annotation


def _fill_in(target, key, value):
    """Add what a dictionary does not have yet, entry by entry in those within."""
    name = pdf.NameObject(key)
    if name not in target:
        target[name] = value
        return
    mine, theirs = target[name], value.get_object()
    if isinstance(mine, pdf.DictionaryObject) and mine is not theirs:
        for entry in theirs:
            _fill_in(mine, entry, theirs.raw_get(entry))


def _get_entry(dictionary, key, kind):
    """Return an entry of a dictionary, made on the first time."""
    name = pdf.NameObject(key)
    if name not in dictionary:
        dictionary[name] = kind()
    return dictionary[name]
