# Two commands are enough: `make demo` shows the product at work, `make test` proves it. `make help` lists the rest.
# QGIS's modules belong to the distribution's Python, whatever `python3` is on PATH.
PY      ?= /usr/bin/python3
VENV    := .venv
BIN     := $(VENV)/bin
PYTEST  := $(BIN)/python -X faulthandler -m pytest
# Where a test needs no QGIS, its plugin must not be loaded; nor any other that only costs time.
PLAIN   := --disable-plugin-autoload -p pytest_timeout -p _hypothesis_pytestplugin
WITH_PG := sh scripts/pg.sh run
OFFSCREEN := XDG_RUNTIME_DIR=$(CURDIR)/build/run QT_QPA_PLATFORM=offscreen PYTEST_QT_API=pyqt5
CODE    := commune_planning_plugin province_hub

.PHONY: help demo qgis hub test check bench package setup clean stop \
        test-core test-slow test-hub test-joint test-plugin test-package test-desktop i18n qt6
.NOTPARALLEL:

help:
	@echo 'make demo     the main job in real QGIS windows, on the sample province (screenshots in build/demo)'
	@echo 'make qgis     QGIS with the plugin and the demo hub, to play with'
	@echo 'make hub      the demo hub alone, in the foreground;  make stop   stops what demo, qgis and hub started'
	@echo 'make test     everything that CI runs;  make check   lint, types, import arrows, Qt 6'
	@echo 'make bench    the figures, into build/bench.json'
	@echo 'make package  the plugin as build/commune_planning_plugin-<version>.zip'

demo: setup i18n .local/python/.ok
	$(BIN)/python -m demo

qgis: setup i18n .local/python/.ok
	$(BIN)/python -m demo --play

hub: setup
	$(BIN)/python -m demo --hub

stop:
	@if [ -x $(BIN)/python ]; then $(BIN)/python -m demo --stop; fi

test: setup check test-core test-slow test-hub test-joint test-plugin test-package test-desktop

check: setup qt6
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy -p commune_planning_plugin.core -p commune_planning_plugin.store -p commune_planning_plugin.sync -p province_hub
	$(BIN)/lint-imports

qt6: .venv-qt6/.ok
	.venv-qt6/bin/python scripts/qt6_check.py commune_planning_plugin

test-core: setup
	$(PYTEST) $(PLAIN) -p xdist -n 2 --dist worksteal -m "not slow" tests/core tests/store tests/sync

test-slow: setup
	$(PYTEST) $(PLAIN) -p xdist -n 2 --dist loadfile -m slow tests/core tests/store tests/sync

test-hub: setup
	$(WITH_PG) $(PYTEST) $(PLAIN) -p xdist -n 2 --dist loadfile tests/hub

test-joint: setup
	$(WITH_PG) $(PYTEST) $(PLAIN) -p xdist -n 2 --dist loadfile tests/joint

test-plugin: setup i18n build/run
	$(OFFSCREEN) $(PYTEST) tests/plugin

test-package: setup package .local/python/.ok build/run
	$(PYTEST) $(PLAIN) tests/package

test-desktop: setup i18n .local/python/.ok build/run
	$(PYTEST) $(PLAIN) tests/desktop

bench: setup i18n build/run
	$(OFFSCREEN) $(WITH_PG) $(BIN)/python -m benchmarks

package: setup i18n
	$(BIN)/python -m scripts.package

i18n: setup
	@sh scripts/i18n.sh release

setup: $(VENV)/.ok
$(VENV)/.ok: requirements-dev.txt requirements-hub.txt scripts/setup-system.sh
	sh scripts/setup-system.sh
	$(PY) -m venv --system-site-packages $(VENV)
	$(BIN)/pip install -q --disable-pip-version-check -r requirements-dev.txt
	@touch $@

.venv-qt6/.ok: requirements-qt6.txt $(VENV)/.ok
	$(PY) -m venv .venv-qt6
	.venv-qt6/bin/pip install -q --disable-pip-version-check -r requirements-qt6.txt
	@touch $@

# The one library that QGIS needs from us: Debian 12's own shapely is too old for the plugin.
.local/python/.ok: $(VENV)/.ok
	@mkdir -p .local
	$(BIN)/pip install -q --disable-pip-version-check --no-deps --upgrade --target .local/python 'shapely>=2.0.6,<2.1'
	@touch $@

build/run:
	@mkdir -p $@ && chmod 700 $@

clean: stop
	rm -rf build $(VENV) .venv-qt6 .local .qgis-settings
