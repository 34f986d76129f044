# The two commands: make demo, make test. The others are for those who change the code.
.PHONY: demo test lint types imports check lock clean
.DEFAULT_GOAL := help
bin := .venv/bin
parts := pyproject.toml hatch_build.py frontend/package-lock.json scripts/setup

help:
	@echo "make demo     lays a workspace in ./demo, measures it, draws it, writes its report"
	@echo "make test     runs the tests"
	@echo "make check    tests, lint, types, import contracts"
	@echo "make lock     pins the dependencies anew"

demo: .venv/ready-run
	@$(bin)/valuestream demo demo
	@if [ -f ../shared/data/log_receipt/receipt.csv.gz ]; then $(MAKE) --no-print-directory permit; fi

permit: .venv/ready-run
	@echo; echo "A real log: the permits of a town (examples/permit)"
	@$(bin)/valuestream measure examples/permit/permit.stream.yaml
	@$(bin)/valuestream report examples/permit/permit.stream.yaml -o demo/permit.html

test: .venv/ready-dev
	@$(bin)/python -m pytest -n 2

lint: .venv/ready-dev
	@$(bin)/ruff check .
	@$(bin)/ruff format --check .

types: .venv/ready-dev
	@$(bin)/mypy

imports: .venv/ready-dev
	@$(bin)/lint-imports

check: lint types imports test

.venv/ready-run: requirements.lock $(parts)
	@scripts/setup run

.venv/ready-dev: requirements-dev.lock $(parts)
	@scripts/setup dev

lock:
	uv pip compile --quiet --generate-hashes --universal --python-version 3.11 pyproject.toml -o requirements.lock
	uv pip compile --quiet --generate-hashes --universal --python-version 3.11 --all-extras --group dev pyproject.toml -o requirements-dev.lock

clean:
	rm -rf .venv .uv build dist demo
