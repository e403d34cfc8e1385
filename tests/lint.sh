#!/usr/bin/env bash
# Style, strict types on the pure parts, import contracts. $1: the Python environment.
set -eu
venv=$1
"$venv/bin/ruff" check .
"$venv/bin/ruff" format --check --quiet . || { echo 'Run: ruff format .'; exit 1; }
mapfile -t rules < <(find src/mingbai -path '*/rules*' -name '*.py' | sort)
"$venv/bin/mypy" --no-error-summary src/mingbai/kernel src/mingbai/merkle "${rules[@]}"
"$venv/bin/lint-imports"
