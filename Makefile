# Two commands matter: `make demo` and `make test`. `make help` lists the others.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export DATA_DIR ?= data
export PORT ?= 5000
export HOST ?= 127.0.0.1

.DEFAULT_GOAL := help
.PHONY: help install install-dev demo demo-fresh test proof bench lint translations clean

help: ## Toon deze lijst
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 22

install: $(VENV)/.installed ## Maak .venv met alles wat de website nodig heeft

install-dev: $(VENV)/.installed-dev ## Ook wat de tests nodig hebben

demo: $(VENV)/.installed ## Bouw de demo en zet haar aan op http://127.0.0.1:5000
	@$(BIN)/wijkplatform demo
	@exec $(BIN)/wijkplatform serve --demo --host $(HOST)

demo-fresh: $(VENV)/.installed ## Begin de demo opnieuw
	@$(BIN)/wijkplatform demo --fresh
	@exec $(BIN)/wijkplatform serve --demo --host $(HOST)

test: $(VENV)/.installed-dev ## Alles wat slaagt of faalt, kort
	@$(BIN)/python -m tests.run short

proof: $(VENV)/.installed-dev $(VENV)/.lighthouse ## De lange vorm: alle bladzijden, lange races, grote imports, Lighthouse
	@$(BIN)/python -m tests.run proof

bench: $(VENV)/.installed ## Meet hoe snel de website is, naast een kale bladzijde
	@$(BIN)/wijkplatform bench --markdown

lint: $(VENV)/.installed-dev ## Stijl en types
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

translations: $(VENV)/.installed ## Haal nieuwe zinnen op voor vertalers, en maak de vertalingen klaar
	@mkdir -p build
	@$(BIN)/pybabel -q extract -F babel.cfg -k _ -k _l -k _n:1,2 -k gettext -k ngettext:1,2 -k lazy --sort-by-file \
		--add-location=file --project=wijkplatform -o build/messages.pot .
	@$(BIN)/pybabel -q update -i build/messages.pot -d translations --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date
	@$(BIN)/pybabel -q compile -d translations

clean: ## Gooi .venv weg; gegevens blijven
	@rm -rf $(VENV)

# A stamp is only set when everything went in, so an interrupted build is completed by the next one.
$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Dit vraagt Python 3.11 of nieuwer."; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "De module venv ontbreekt. Installeer haar met: sudo apt-get install python3-venv"; exit 1; }
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.installed: $(VENV)/.made requirements.txt pyproject.toml
	@echo "De omgeving wordt gebouwd. Dat duurt de eerste keer ongeveer een minuut."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m whitenoise.compress --quiet static
	@touch $@

# Lighthouse is only for the long form; without Node it is left out, and the last lines say so.
$(VENV)/.lighthouse: $(VENV)/.made tests/lighthouse/package-lock.json
	-@if command -v npm >/dev/null; then cd tests/lighthouse && npm ci --silent --no-audit --no-fund && touch $(CURDIR)/$@; fi

$(VENV)/.installed-dev: $(VENV)/.installed requirements-dev.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@
