# make build   set up once, build the site strictly into site/, prove it
# make test    everything that must pass: format, lint, types, tests, the build; with ARGS="…" a part
#              of the tests, given to pytest; in a few minutes
# make quick   format, lint, types, the tests without a browser or a second build; in a minute
# make measure what `make test` samples by seeds, whole, and its figures; SEED=… for other ones
# make serve   the site on http://127.0.0.1:8000, rebuilt on every change
# make check   the quotations alone, without building
# make manual  build the manual strictly into .manual-site/
# make mutants change the matching code a thousand times and see what no test tells; takes minutes
# make lock    renew the lock files: Python from pyproject.toml and *.in, Node from package.json
# make audit   ask whether a locked version or a pinned action has a known fault
# make bench   measure what proof costs, beside other ways of building; takes over an hour
# make bench-reader  measure what a reader waits for, beside two other sites; takes a quarter of an hour
# make bench-scale   measure checks of up to 10,000 pages; takes half an hour
# make builders      install the other builders, for their tests; `make test` does it too
# make pictures      draw the icons and the share image anew
# make clean   remove what the other commands made

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READER := tests/bench/reader
HTML := tests/browser/html
# Newest allowed is asked for by `make lock` alone; every other command installs the locked hashes.
COMPILE = $(BIN)/uv pip compile pyproject.toml --quiet --upgrade --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --custom-compile-command "make lock"

LOCKS = requirements.txt requirements-dev.txt tests/bench/requirements.txt \
	tests/build/builders.txt $(READER)/requirements.txt .github/audit.txt

# Material prints a notice about MkDocs 2, which pyproject.toml rules out.
export NO_MKDOCS_2_WARNING = 1
export PIP_DISABLE_PIP_VERSION_CHECK = 1

# Tests start hundreds of processes: each would compile the engine anew where this is set.
unexport PYTHONDONTWRITEBYTECODE

# Two processes for each processor: tests wait for browsers, servers and builds half of their time.
# At most eight, for which sites and browsers have room. Who has nothing left to do takes over half
# of what another still has.
PROCESSES = $(shell $(PYTHON) -c 'import os; print(min(8, 2 * (os.cpu_count() or 1)))')
EVERY_CORE = --numprocesses $(PROCESSES) --dist worksteal

SEED ?= 1

.PHONY: build test lint quick measure serve check mutants lock audit bench bench-reader bench-scale builders pictures clean format manual
.DEFAULT_GOAL := build

# The finished site takes the old one's place only after it is proven.
build: $(VENV)/site.stamp
	@rm -rf .site.new
	@$(BIN)/mkdocs build --strict --site-dir .site.new
	@$(BIN)/verbatim verify .site.new
	@rm -rf site && mv .site.new site
	@echo "built site/"

test: $(VENV)/dev.stamp builders $(if $(shell command -v npm 2>/dev/null),$(HTML)/node_modules/made.stamp)
	$(if $(ARGS),,@$(MAKE) --no-print-directory lint build manual)
	$(BIN)/python -m tests.browser.chromium
	$(BIN)/pytest $(or $(ARGS),$(EVERY_CORE))

lint: $(VENV)/dev.stamp
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

quick: lint
	$(BIN)/pytest $(EVERY_CORE) -m "not browser and not builds"

measure: $(VENV)/dev.stamp
	@echo "seed $(SEED)"
	MEASURE=whole SEED=$(SEED) $(BIN)/pytest $(EVERY_CORE) -m measure \
		--hypothesis-seed=$(SEED) --hypothesis-show-statistics
	$(BIN)/python -m tests.bench.measure_mutations --seed $(SEED)
	$(BIN)/python -m tests.bench.measure_nearest --seed $(SEED)

serve: $(VENV)/site.stamp
	$(BIN)/mkdocs serve

manual: $(VENV)/site.stamp
	@$(BIN)/mkdocs build --strict --quiet --config-file manual/mkdocs.yml
	@echo "built .manual-site/"

check: $(VENV)/site.stamp
	@$(BIN)/verbatim check

format: $(VENV)/dev.stamp
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

# In a copy, so that nothing here changes; a module's path there is its name, as mutmut has it.
# One at a time: what a busy machine is slow to fail would count as told.
mutants: $(VENV)/dev.stamp
	@rm -rf .cache/mutants && mkdir -p .cache/mutants
	@cp -r hooks .cache/mutants/src
	@cp -r pyproject.toml sources tests .cache/mutants
	@cd .cache/mutants && nice ../../$(BIN)/mutmut run --max-children 1
	@cd .cache/mutants && ../../$(BIN)/mutmut results

# The Nu checker of tests/browser/test_html.py, which is skipped where it cannot be fetched.
$(HTML)/node_modules/made.stamp: $(HTML)/package-lock.json
	@cd $(HTML) && npm ci --silent && touch node_modules/made.stamp || mkdir -p node_modules

lock: $(VENV)/dev.stamp
	$(COMPILE) --extra site --group build --output-file requirements.txt
	$(COMPILE) --extra site --group build --group dev --output-file requirements-dev.txt
	$(COMPILE) tests/bench/requirements.in --extra site --output-file tests/bench/requirements.txt
	$(COMPILE) tests/build/builders.in --extra site --group build --output-file tests/build/builders.txt
	$(subst pyproject.toml,$(READER)/requirements.in,$(COMPILE)) \
		--output-file $(READER)/requirements.txt
	for folder in $(READER) $(HTML); do \
		(cd $$folder && rm -f package-lock.json && npm install --package-lock-only); done
	$(subst pyproject.toml,.github/audit.in,$(COMPILE)) --output-file .github/audit.txt

audit: .venv-audit/audit.stamp
	.venv-audit/bin/pip-audit --disable-pip --require-hashes \
		$(foreach lock,$(LOCKS),--requirement $(lock))
	.venv-audit/bin/zizmor --quiet .github hooks/mkdocs_verbatim/starter/.github

bench: $(VENV)/dev.stamp .venv-bench/bench.stamp
	$(BIN)/python -m tests.bench.run_bench --out bench.md

# The other tools' own environment: none of them touches ours.
.venv-bench/bench.stamp: $(VENV)/made.stamp tests/bench/requirements.txt
	$(PYTHON) -m venv --clear .venv-bench
	.venv-bench/bin/pip install --quiet --require-hashes --requirement tests/bench/requirements.txt
	@touch $@

# Needs Node 20 or later and npm, and the browser of the tests.
bench-reader: $(VENV)/dev.stamp .venv-reader/bench.stamp $(READER)/node_modules/bench.stamp
	$(BIN)/python -m tests.browser.chromium
	$(BIN)/python -m tests.bench.reader.run_reader --out bench-reader.md

.venv-reader/bench.stamp: $(VENV)/made.stamp $(READER)/requirements.txt
	$(PYTHON) -m venv --clear .venv-reader
	.venv-reader/bin/pip install --quiet --require-hashes --requirement $(READER)/requirements.txt
	@touch $@

$(READER)/node_modules/bench.stamp: $(READER)/package-lock.json
	cd $(READER) && PUPPETEER_SKIP_DOWNLOAD=1 npm ci
	@touch $@

bench-scale: $(VENV)/dev.stamp
	$(BIN)/python -m tests.bench.scale --out bench-scale.md

pictures: $(VENV)/dev.stamp
	$(BIN)/python -m tests.browser.chromium
	$(BIN)/python -m tests.bench.draw_pictures

.venv-audit/audit.stamp: .github/audit.txt
	$(PYTHON) -m venv --clear .venv-audit
	.venv-audit/bin/pip install --quiet --require-hashes --requirement .github/audit.txt
	@touch $@

builders: .venv-builders/builders.stamp

# The other builders and the engine, in an environment of their own.
.venv-builders/builders.stamp: $(VENV)/made.stamp tests/build/builders.txt pyproject.toml
	$(PYTHON) -m venv --clear .venv-builders
	.venv-builders/bin/pip install --quiet --require-hashes --requirement tests/build/builders.txt
	.venv-builders/bin/pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

clean:
	rm -rf $(VENV) .venv-audit .venv-bench .venv-builders .venv-reader $(READER)/node_modules $(HTML)/node_modules bench.md bench-reader.md bench-scale.md site .site.new .manual-site .cache .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find hooks tests -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/made.stamp:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "error: this needs Python 3.11 or later; name one with make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo "error: this Python has no venv; on Debian and Ubuntu: apt-get install python3-venv"; exit 1; }
	$(PYTHON) -m venv --clear $(VENV)
	@touch $@

$(VENV)/site.stamp: $(VENV)/made.stamp requirements.txt pyproject.toml
	$(BIN)/pip install --quiet --require-hashes --requirement requirements.txt
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/dev.stamp: $(VENV)/site.stamp requirements-dev.txt
	$(BIN)/pip install --quiet --require-hashes --requirement requirements-dev.txt
	@touch $@
