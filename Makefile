# Everything starts from nothing: each target makes what it needs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
DEV_STAMP := $(VENV)/.installed-dev
PORT ?= 8501

.PHONY: help setup run test check format bench reliability pictures pins sbom browser proxy clean

help:
	@echo "make run       serve the app (PORT=$(PORT))"
	@echo "make test      every test"
	@echo "make check     format, lint, types, layers, content, known weaknesses"
	@echo "make bench     measure speed and print it beside what we promise"
	@echo "make reliability  try to make the app lose, leak or stop, for an hour, and print the figures"
	@echo "make pictures  take the README's pictures from the running app"
	@echo "make sbom      list what the app is made of (CycloneDX), into .cache/sbom.json"
	@echo "make pins      renew requirements*.txt from requirements*.in"

setup: $(STAMP)

$(STAMP): requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is needed: make run PYTHON=python3.12, for instance."; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	$(BIN)/python -m web.middleware.static_files
	@touch $@

$(DEV_STAMP): $(STAMP) requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

run: $(STAMP)
	$(BIN)/streamlit run app.py --server.port $(PORT)

test: $(DEV_STAMP) browser proxy
	$(BIN)/python -m pytest

check: $(DEV_STAMP)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m content check
	$(BIN)/python -m docs.audit requirements.txt requirements-dev.txt

sbom: $(DEV_STAMP)
	@mkdir -p .cache
	$(BIN)/cyclonedx-py requirements requirements.txt --output-reproducible -o .cache/sbom.json

format: $(DEV_STAMP)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(DEV_STAMP) browser
	$(BIN)/python -m bench

# To keep the figures: .venv/bin/python -m tests.reliability report .cache/reliability.json
reliability: $(DEV_STAMP) browser
	$(BIN)/python -m tests.reliability all --json .cache/reliability.json

pictures: $(DEV_STAMP) browser
	$(BIN)/python -m docs.pictures

# The browser that tests drive: COMPTOIR_CHROMIUM, or one of the usual names, or installed where that is possible.
browser:
	@if [ -n "$$COMPTOIR_CHROMIUM" ] || command -v chromium chromium-browser google-chrome >/dev/null 2>&1; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  apt-get update -q >/dev/null && DEBIAN_FRONTEND=noninteractive apt-get install -y -q chromium >/dev/null; \
	elif [ -x $(BIN)/playwright ] && $(BIN)/playwright install chromium; then :; \
	else echo "No browser for the tests. Install one, then try again:  sudo apt-get install chromium"; exit 1; fi

# The proxy that stands before the app in one test.
proxy:
	@if PATH="/usr/sbin:$$PATH" command -v nginx >/dev/null 2>&1; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  apt-get update -q >/dev/null && DEBIAN_FRONTEND=noninteractive apt-get install -y -q nginx-light openssl >/dev/null; \
	else echo "No nginx for the tests. Install it, then try again:  sudo apt-get install nginx-light"; exit 1; fi

pins: $(DEV_STAMP)
	$(BIN)/pip-compile --quiet --upgrade --no-header --no-annotate --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --strip-extras --generate-hashes --allow-unsafe -o requirements.txt requirements.in
	$(BIN)/pip-compile --quiet --upgrade --no-header --no-annotate --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --strip-extras --generate-hashes --allow-unsafe -o requirements-dev.txt requirements-dev.in

clean:
	rm -rf $(VENV) .cache .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
