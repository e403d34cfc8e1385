# Two commands: `make run` opens the product with its demo, `make test` proves it.
PYTHON ?= python3
VENV := .venv
HOST ?= 127.0.0.1
PORT ?= 8000
DATA ?= data

.PHONY: setup run test lint clean

setup: $(VENV)/.run-ready

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo 'Mingbai needs Python 3.11 or newer.'; exit 1; }
	@echo '[1/3] Making a Python environment in $(VENV) …'
	@$(PYTHON) -m venv $(VENV) || { echo 'Python has no venv here. On Debian: apt-get install python3-venv'; rm -rf $(VENV); exit 1; }

$(VENV)/.run-ready: requirements.txt pyproject.toml | $(VENV)/bin/python
	@echo '[2/3] Installing the pinned parts (about 20 seconds) …'
	@$(VENV)/bin/pip install -q --disable-pip-version-check --require-hashes -r requirements.txt
	@$(VENV)/bin/pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@
	@echo '[3/3] Set up.'

$(VENV)/.test-ready: requirements-dev.txt $(VENV)/.run-ready
	@echo 'Installing the parts that only tests need …'
	@$(VENV)/bin/pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

run: $(VENV)/.run-ready
	@$(VENV)/bin/mingbai up --demo --data $(DATA) --host $(HOST) --port $(PORT)

test: $(VENV)/.test-ready
	@bash tests/run.sh $(VENV)

lint: $(VENV)/.test-ready
	@bash tests/lint.sh $(VENV)

clean:
	rm -rf $(VENV) data
