"""The documents that are compared with their pictures: a table and its product."""

import importlib
import itertools
import sys
import types

from dev import paths

DESIGNS = ("classic", "modern", "compact", "letterhead")
LANGUAGES = {"en": "en_US", "fr": "fr_FR"}
LENGTHS = (2, 14, 40)  # Lines: half a page, a full one, several.
LOGO = paths.CHECKOUT / "proforma_ecom_demo" / "static" / "img" / "atelier_durand.png"
SAMPLES = paths.CHECKOUT / "proforma_ecom" / "reports"


def names():
    """The names of all documents, each that of its picture."""
    return [name for name, *_choice in _rows()]


def samples():
    """Yield (name, document, logo) of each, as the renderer takes them."""
    sample_document = _load().sample_document
    logo = LOGO.read_bytes()
    for name, design, lang, length in _rows():
        yield (
            name,
            sample_document(
                LANGUAGES[lang],
                length,
                layout={"design": design},
                issuer={"has_logo": True},
            ),
            logo,
        )


def _rows():
    for design, lang, length in itertools.product(DESIGNS, LANGUAGES, LENGTHS):
        yield f"{design}-{lang}-{length}", design, lang, length


def _load():
    """The addon's sample documents.

    Without the package that they lie in: it would import Odoo's test framework, which
    may not be imported outside of a test run.
    """
    package = types.ModuleType("proforma_samples")
    package.__path__ = [str(SAMPLES)]
    sys.modules[package.__name__] = package
    return importlib.import_module("proforma_samples.sample_document")
