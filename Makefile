# A fresh machine has Python 3.11 with pip and venv, and make. Everything else is set up here.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/installed

# Each process loads the language model, so that more than two need more memory than a small machine has.
PYTEST := $(BIN)/python -m pytest -q -n 2

.PHONY: bench bench-quick check clean demo docs test test-all

$(INSTALLED): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev,notebook,docs]'
	touch $@

# Reads examples/, writes and checks demo.ttl, answers the first question.
demo: $(INSTALLED)
	$(BIN)/alliancekg build examples -o demo.ttl
	$(BIN)/alliancekg validate demo.ttl
	$(BIN)/alliancekg ask which-forum-replaced-which --graph demo.ttl

# The documentation as pages for a browser: docs/_build/html/index.html. A warning is an error.
docs: $(INSTALLED)
	$(BIN)/python -m sphinx -W -q -b html docs docs/_build/html
	@echo "docs/_build/html/index.html"

check: $(INSTALLED)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: check
	$(PYTEST) -m "not slow"

# The tests, those over random input once more with twenty times as many of them, and those that are slow or need foreign programs
# (`.ci/run` installs these; a test whose program is missing is skipped and says so).
test-all: test
	$(PYTEST) -m "hypothesis and not slow" --hypothesis-profile=long
	$(PYTEST) -m slow -rs

# How fast it is beside what one would do instead; BENCH names some of the benchmarks, all run otherwise.
bench: $(INSTALLED)
	$(BIN)/python -m benchmarks $(BENCH) --json bench.json

# Whether the benchmarks work, on tiny sizes.
bench-quick: $(INSTALLED)
	$(BIN)/python -m benchmarks $(BENCH) --quick

clean:
	rm -rf $(VENV) demo.ttl docs/_build
