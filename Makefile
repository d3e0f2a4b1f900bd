# make run    set up what running needs, then ask the questionnaire (or, without a terminal,
#             assess the bundled example)
# make test   set up what testing needs, then run the tests
# make gate   the shipped model against the floors under its figures
# make check  the tests, lint, types, import rules, the gate and the wheel: what CI runs

PYTHON ?= python3
BIN := .venv/bin
EXAMPLE := data/examples/valve-distributor.json

.PHONY: run test check lint gate wheel bench clean

run: .stamp-run
	@if [ -t 0 ] && [ -t 1 ]; then $(BIN)/persona assess || [ $$? -eq 130 ]; \
	else $(BIN)/persona assess --answers $(EXAMPLE) --company "Example valve distributor"; fi

test: .stamp-test
	$(BIN)/pytest -n auto --dist worksteal

lint: .stamp-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

gate: .stamp-test
	$(BIN)/python -m persona.training.gate

wheel: .stamp-test
	$(BIN)/python tests/wheel_check.py

check: test lint gate wheel

bench: .stamp-test
	$(BIN)/python benchmarks/start_up.py
	$(BIN)/python -m benchmarks.extract
	$(BIN)/python -m benchmarks.memory
	$(BIN)/python -m benchmarks.score
	$(BIN)/python -m benchmarks.crawl
	$(BIN)/python -m benchmarks.hostile
	$(BIN)/python -m benchmarks.report
	$(BIN)/python -m benchmarks.browser

.stamp-venv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "persona needs Python 3.11 or newer; set PYTHON=…")'
	$(PYTHON) -m venv .venv
	@touch $@

.stamp-run: .stamp-venv pyproject.toml constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

.stamp-test: .stamp-run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

clean:
	rm -rf .venv .stamp-* build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
