# A fresh machine has Python 3.11 with pip and venv, and make. Everything else is set up here.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/installed

.PHONY: demo test check clean

$(INSTALLED): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev,notebook]'
	touch $@

# Reads examples/, writes and checks demo.ttl, answers the first question.
demo: $(INSTALLED)
	$(BIN)/alliancekg build examples -o demo.ttl
	$(BIN)/alliancekg validate demo.ttl
	$(BIN)/alliancekg ask which-forum-replaced-which --graph demo.ttl

check: $(INSTALLED)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: check
	$(BIN)/python -m pytest -q

clean:
	rm -rf $(VENV) demo.ttl
