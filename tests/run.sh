#!/usr/bin/env bash
# Everything `make test` proves, in order; stops at the first part that fails. $1: the Python environment.
set -eu
venv=$1
part() { printf '\n== %s\n' "$1"; }

part '1/4 Style, types and the borders between packages'
bash tests/lint.sh "$venv"

part '2/4 The Huaishang district and its charts'
"$venv/bin/mingbai" check --district districts/huaishang

part '3/4 Tests on SQLite (with a real browser where there is one)'
"$venv/bin/python" tests/browser_ready.py
"$venv/bin/python" -m pytest -q -n 2 --dist loadscope

part '4/4 The same services on PostgreSQL'
"$venv/bin/python" tests/on_postgresql.py -q -m 'not once and not browser' -n 2 --dist loadscope

printf '\nEverything passed: style, types, borders, the district, SQLite, PostgreSQL.\n'
