# demo · test · proof · lint · format · compile-figures · venv · lock
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
VENV := .venv
BIN := $(VENV)/bin
PY := $(BIN)/python
UV_INSTALL := $(BIN)/uv pip install -q --python $(PY)
LOCK := $(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header
export UV_PYTHON_DOWNLOADS = never

.PHONY: demo test proof lint format compile-figures venv lock

# PORT=8001 where 8000 is taken.
demo: $(VENV)/.base
	$(BIN)/gongjian demo
	$(BIN)/gongjian serve --demo $(if $(PORT),--port $(PORT))

test: $(VENV)/.dev lint
	$(PY) tools/system.py
	@failed=; \
	$(PY) -m pytest > $(VENV)/sqlite.log 2>&1 & sqlite=$$!; \
	$(PY) tools/pg.py -- $(PY) -m pytest | tee $(VENV)/postgresql.log || failed=yes; \
	wait $$sqlite || { failed=yes; cat $(VENV)/sqlite.log; }; \
	printf 'SQLite:     %s\n' "$$(tail -n 1 $(VENV)/sqlite.log)"; \
	printf 'PostgreSQL: %s\n' "$$(tail -n 1 $(VENV)/postgresql.log)"; \
	test -z "$$failed"

proof: $(VENV)/.bench
	$(PY) tools/system.py --java
	$(PY) -m pytest -m proof
	$(PY) tools/pg.py -- $(PY) -m pytest -m proof
	$(PY) bench/run.py

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint --lint --quiet gongjian/web/jinja2 gongjian/api/jinja2
	GONGJIAN_DATABASE_URL=sqlite:///:memory: $(PY) manage.py makemigrations --check --dry-run

format: $(VENV)/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

compile-figures: $(VENV)/.dev
	$(PY) -m gongjian.indicators.compile

venv: $(VENV)/.dev

# Writes requirements/*.txt anew from the *.in beside them; for maintainers.
lock: $(VENV)/.base
	for set in bootstrap base dev bench; do $(LOCK) requirements/$$set.in -o requirements/$$set.txt > /dev/null; done

$(VENV)/.base: requirements/bootstrap.txt requirements/base.txt pyproject.toml
	@python=$$(tools/preflight.sh); $(PY) -m pip --version > /dev/null 2>&1 || "$$python" -m venv --clear $(VENV)
	$(PY) -m pip install -q --require-hashes --only-binary :all: -r requirements/bootstrap.txt
	$(UV_INSTALL) --require-hashes -r requirements/base.txt
	$(UV_INSTALL) --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.base requirements/dev.txt
	$(UV_INSTALL) --require-hashes -r requirements/dev.txt
	@touch $@

$(VENV)/.bench: $(VENV)/.dev requirements/bench.txt
	$(UV_INSTALL) --require-hashes -r requirements/bench.txt
	@touch $@
