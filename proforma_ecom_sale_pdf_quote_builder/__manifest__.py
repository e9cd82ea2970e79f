{
    "name": "Pro Forma Invoices with Headers, Footers and Product Sheets",
    "summary": "The PDF files chosen in the quote builder are part of the pro forma",
    "version": "19.0.1.0.0",
    "category": "Sales/Sales",
    "license": "LGPL-3",
    "author": "proforma_ecom contributors",
    "depends": ["proforma_ecom", "sale_pdf_quote_builder"],
    "auto_install": True,
}
