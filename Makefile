# `make` alone lists the targets. Every target works on a fresh machine with Python 3.11 or newer; nothing to activate.
SHELL := /bin/sh
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.set-up
# Not the tests' notebooks: each of those has a fault on purpose.
NOTEBOOKS = $$(git ls-files 'notebooks/*.ipynb' 'assignments/*.ipynb')

.DEFAULT_GOAL := help
.PHONY: help setup demo smoke test check lint format browser bench-ai bench-open bench-grade screenshots lock clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

setup: $(STAMP) ## make .venv with everything; .venv/bin/kit then works as it is

$(STAMP): pyproject.toml requirements.lock scripts/setup.py
	@$(PYTHON) scripts/setup.py
	@touch $(STAMP)

demo: setup ## set up a sample class and start everything on this laptop
	@$(BIN)/kit demo

smoke: setup ## run the whole loop once, without a browser
	@$(BIN)/kit demo --smoke

test: setup browser check ## run every check and every test, a real browser and the real model included
	@$(BIN)/python -m pytest

check: setup ## run the linters, the type checker, the walls between rooms and the lesson checker
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/nbstripout --verify --keep-id $(NOTEBOOKS)
	@$(BIN)/codespell
	@$(BIN)/kit lesson check --all

browser: setup ## find a browser for the tests, or install one
	@$(BIN)/python scripts/browser.py

lint: check

format: setup ## put code and notebooks into shape
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .
	@$(BIN)/nbstripout --keep-id $(NOTEBOOKS)

bench-ai: setup ## measure what the gateway adds to the model
	@$(BIN)/python benchmarks/ai.py

bench-open: setup ## measure a class that opens a lesson at once, beside stock Voilà (STUDENTS=30)
	@STUDENTS=$(or $(STUDENTS),30) $(BIN)/python benchmarks/opening.py

bench-grade: setup ## measure grading a class with code, beside stock nbgrader (SUBMISSIONS=20, or GROWTH=10,30,100,300)
	@SUBMISSIONS=$(or $(SUBMISSIONS),20) GROWTH=$(GROWTH) $(BIN)/python benchmarks/grading.py

screenshots: setup browser ## take the README's pictures anew
	@$(BIN)/python scripts/screenshots.py

lock: setup ## work out requirements.lock from pyproject.toml (needs uv)
	@uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" -o requirements.lock

clean: ## remove the environment and what tools left behind (never a course)
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist
