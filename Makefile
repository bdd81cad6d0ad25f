# The house: what it takes to run Jupyter Wove from a checkout. `make help` lists it.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
MAKEFLAGS += --no-builtin-rules --no-print-directory
.DEFAULT_GOAL := help

export PATH := $(CURDIR)/.venv/bin:$(PATH)
STEP := scripts/step
LAB := labextension
SOURCES := $(shell find $(LAB)/src $(LAB)/style $(LAB)/schema -type f 2>/dev/null)

# A browser on a busy machine is late now and then; a second failure is one. Why it ran again is shown.
RERUN := --reruns 1 --rerun-show-tracebacks
# Two files of tests at a time, each in a process of its own.
PAIRED := -n 2 --dist loadfile
PARTS := lint test-unit test-http test-upstream test-security test-runner test-reliability test-hub test-ui docs test-packaging

.PHONY: help setup lab test test-builds $(PARTS) build clean system docker node

help: ## Say what there is
	@awk -F':.*## ' '/^[a-z-]+:.*## / {printf "  make %-15s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: .venv/packages.stamp .venv/labextension.stamp ## Install everything a developer needs, once

lab: setup .venv/demo.stamp ## Open JupyterLab with the demo project
	@scripts/lab

test: setup ## Run every check and test, the quick ones first, and say how long each took
	@scripts/parts $(PARTS)

lint: setup ## Formatting, types, import contracts, the shape of the code; both languages
	@scripts/lint

test-unit: setup .venv/wrangler.stamp ## Architecture and unit tests
	@pytest -q $(PAIRED) tests/architecture tests/unit

test-http: setup ## Tests through the HTTP door
	@pytest -q $(PAIRED) tests/http

test-upstream: setup ## The tests of jupyter-collaboration, on our rooms
	@scripts/upstream

test-security: setup ## Hostile input: paths, archives, requests, strings
	@pytest -q $(PAIRED) $(RERUN) tests/security --ignore tests/security/browser
	@# Apart: a browser's loop runs in its process for ever, where others want one of their own.
	@pytest -q $(PAIRED) $(RERUN) tests/security/browser

test-reliability: setup ## Servers that are killed, disks that are full
	@pytest -q -n 2 --dist worksteal tests/reliability

test-runner: setup docker .venv/certificates.stamp ## Sandboxes, builds and apps on a real Docker engine, and an attack on them
	@scripts/with-docker pytest -q $(PAIRED) $(RERUN) -m "not slow" tests/runner

test-builds: setup docker ## One app of every framework, built and asked; installs a lot, so it is not part of make test
	@scripts/with-docker pytest -q $(RERUN) -m slow tests/runner

test-hub: setup .venv/hub.stamp ## A real JupyterHub, with a server for each person
	@pytest -q $(RERUN) tests/hub

test-ui: setup docker ## Front end: models in Node, then journeys in a real browser
	@cd $(LAB) && jlpm test
	@scripts/with-docker pytest -q $(PAIRED) $(RERUN) tests/ui

test-packaging: setup ## Wheel, sdist, editable and Binder, each in a fresh environment
	@pytest -q $(PAIRED) $(RERUN) tests/packaging

docs: setup ## Build the documentation, warnings are errors
	@$(STEP) "Documentation in docs/_build/html" sphinx-build -W --keep-going -q -b html docs docs/_build/html

build: setup ## Make the sdist and the wheel from a clean copy, into dist/
	@$(STEP) "Distributions in dist" scripts/distributions dist

clean: ## Remove what was built; keep .venv, node_modules and your work in build/lab
	rm -rf build/logs dist docs/_build docs/reference/generated $(LAB)/dist $(LAB)/lib .*_cache .venv/labextension.stamp

# A stamp lives in .venv, so that it goes when .venv goes.

system:
	@scripts/system-packages

docker: system
	@scripts/system-packages docker

.venv/pyvenv.cfg: | system
	@$(STEP) "Virtual environment in .venv" scripts/environment .venv

node: .venv/pyvenv.cfg
	@scripts/node .venv

.venv/packages.stamp: .venv/pyvenv.cfg pyproject.toml $(LAB)/package.json | system
	@$(STEP) "Python packages (two minutes the first time)" \
		env HATCH_BUILD_NO_HOOKS=true python -m pip install -e ".[lint,test,docs]"
	@touch $@

.venv/node_modules.stamp: .venv/packages.stamp $(LAB)/package.json $(LAB)/yarn.lock | node
	@$(STEP) "JavaScript packages (a minute the first time)" scripts/labextension install
	@touch $@

.venv/hub.stamp: .venv/packages.stamp tests/hub/proxy/yarn.lock | node
	@$(STEP) "Proxy of the JupyterHub for the tests" bash -c "cd tests/hub/proxy && jlpm install --immutable"
	@touch $@

.venv/wrangler.stamp: jupyter_wove/deploy/targets/cloudflare/wrangler.py .venv/packages.stamp | node
	@scripts/wrangler .venv
	@touch $@

.venv/certificates.stamp: scripts/certificates .venv/pyvenv.cfg | system
	@$(STEP) "Caddy and an authority for certificates" scripts/certificates .venv
	@touch $@

.venv/labextension.stamp: .venv/node_modules.stamp $(SOURCES) $(LAB)/tsconfig.json
	@$(STEP) "Lab extension" scripts/labextension build
	@touch $@

.venv/demo.stamp: .venv/packages.stamp demo/requirements.txt
	@$(STEP) "What the demo notebooks import" python -m pip install -r demo/requirements.txt
	@touch $@
