"""The demo: a database built once, a mail catcher, an Odoo that serves until Ctrl-C."""
