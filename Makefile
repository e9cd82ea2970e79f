# Everything is done by dev/ (see dev/README.md); variables such as ADDON=, TAGS=, DB=, KEEP=,
# JSON=, ROWS= and ACCEPT= reach it through the environment.
PYTHON ?= python3
TARGETS := setup demo test test-core visual bench bench-data lint package i18n shell stop clean

.PHONY: $(TARGETS)
$(TARGETS):
	@$(PYTHON) -m dev $@
