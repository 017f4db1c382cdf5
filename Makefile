# `make demo` and `make test` need Python 3.11 or newer and nothing else prepared.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin

.PHONY: demo test reference messages published clean

demo: $(VENV)/ready  ## write the Kenya example and its report
	$(BIN)/tocmodel demo

test: $(VENV)/ready  ## check style, types and layers, then run every test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/basedpyright --pythonpath $(BIN)/python
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -n auto --dist loadfile

reference: $(VENV)/ready  ## write anew what is made from the code: the JSON Schema and the pages of the reference
	$(BIN)/python -m tocmodel.formats.schema
	$(BIN)/python -m tocmodel.formats.manual
	$(BIN)/python -m tocmodel.formats.layouts.manual
	$(BIN)/python -m tocmodel.checks.manual

messages: $(VENV)/ready  ## gather what reports say for translators
	$(BIN)/python -m tocmodel.reports.messages

published: $(VENV)/ready  ## count anew what the checks find in the published files beside the repository
	$(BIN)/python -m benchmarks.published ../shared/data

$(VENV)/ready: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable . --group dev
	touch $@

clean:  ## take away what make made
	rm -rf $(VENV) tocmodel-demo
