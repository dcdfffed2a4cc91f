# What can be done with a working copy. Each target first installs what it needs and is missing (tools/setup.py).
#
#   PYTHON  the Python to set up with, 3.11 or newer (default: the first one found)
#   PORT    where to serve (8000)          DATA  where conversations are kept (./var)

.DEFAULT_GOAL := help
.PHONY: help run dev build check test test-as-written test-real-sdks lint format texts declarations bench pins clean

setup := tools/python -m tools.setup
venv := .venv/bin
packages := widget server agent_console sidebar_app tests tools bench
fast := not browser and not pyodide and not real_sdks

help: ## List the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1	/p' $(MAKEFILE_LIST) | expand -t 18

run: ## Build and serve, at http://127.0.0.1:8000/ unless PORT says otherwise
	@$(setup) run
	@exec $(venv)/livechat-widget serve

dev: ## The same, with the page as written; Python files are loaded again when they change
	@$(setup) dev
	@exec $(venv)/livechat-widget serve --reload

build: ## Put together what the browser gets: Python in build/runtime and build/frozen, all of the widget in build/release
	@$(setup) build

check: lint ## Format, lint, types and the fast tests: under a minute
	@$(venv)/pytest -q -n auto --hypothesis-profile quick -m "$(fast)"

test: lint ## All of check, and the tests in the browser's Python and in browsers
	@$(setup) test
	@$(venv)/python -m tools.browser --all
	@$(venv)/pytest -q -rsR -n auto -m "$(fast)"
	@$(venv)/pytest -q -rsR -n auto --dist loadfile --no-loadscope-reorder -m "not ($(fast))"

test-as-written: ## The browser tests, all against the page as written; test has some of them
	@$(setup) test
	@$(venv)/python -m tools.browser
	@$(venv)/pytest -q -rsR -n auto --dist loadfile -m "browser and not whole" --page as-written

test-real-sdks: ## LiveChat's own packages against this server; part of test
	@$(setup) test
	@$(venv)/python -m tools.browser
	@$(venv)/pytest -q -rsR -m real_sdks

lint:
	@$(setup) check
	@$(venv)/ruff format --check --quiet || { echo 'Not formatted: run make format.'; exit 1; }
	@$(venv)/ruff check --quiet
	@$(venv)/mypy --no-error-summary $(packages)

format: ## Format the code, and mend what ruff can
	@$(setup) check
	@$(venv)/ruff check --fix --quiet || true
	@$(venv)/ruff format

texts: ## Put the texts of the code into the catalogues, static/locales, and say what has to be translated
	@$(setup) check
	@$(venv)/python -m tools.texts

declarations: ## Write what TypeScript has to know of the Customer SDK
	@$(setup) check
	@$(venv)/python -m tools.declarations

bench: ## Measure, print a table and write bench/results.json; ONLY="boot sdk" measures parts of it
	@$(setup) bench
	@$(venv)/python -m tools.browser
	@$(venv)/python -m bench $(ONLY)

pins: ## Choose the newest versions and write them, with hashes, to requirements/*.txt
	@$(setup) check
	@PATH="$(CURDIR)/$(venv):$$PATH" $(venv)/python -m tools.pins

clean: ## Remove everything that was installed or built; conversations stay
	@rm -rf .venv node_modules bench/node_modules build test-results .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage
