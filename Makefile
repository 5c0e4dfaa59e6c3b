# Two commands do everything on a fresh machine: `make demo` and `make test`.
# Variables: PYTHON=python3.12  SCREEN=off  OUT=folder  ONLY='broker.domain.queue*' (make mutate)

PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin
export SCREEN OUT

.PHONY: help pictures setup demo test quick format soak mutate bench messages docs lock clean

help:
	@echo "make demo    a whole outlet on this machine (SCREEN=off without windows, OUT=folder for its pictures)"
	@echo "make test    every check"
	@echo "make quick   the fast checks, while working"
	@echo "make format  put the code into the house's form"
	@echo "make soak    the long versions of the random and the crash tests (needs Node.js with npm, and python3.13)"
	@echo "make mutate  small mistakes in the core, one after another: which of them do the tests find?"
	@echo "make bench   the benchmark table (OUT=folder for bench.json)"
	@echo "make messages  collect the texts for translation"
	@echo "make pictures  play the demonstration and take the README's pictures from it"
	@echo "make docs    make the pages and pictures of docs/ that come from the code"
	@echo "make lock    pin the dependencies anew"

setup:
	@$(PYTHON) tools/bootstrap.py $(VENV)

demo: setup
	@exec $(RUN)/antrean demo $(if $(OUT),--out "$(OUT)") $(if $(filter off,$(SCREEN)),--no-screen)

test: setup
	@$(RUN)/python tools/check.py all

quick: setup
	@$(RUN)/python tools/check.py quick

format: setup
	@$(RUN)/ruff format .
	@$(RUN)/ruff check --fix .

soak: setup
	@ANTREAN_SOAK=1 $(RUN)/python tools/check.py soak

mutate: setup
	@$(RUN)/python tools/mutate.py $(if $(ONLY),"$(ONLY)")

bench: setup
	@$(RUN)/python -m tests.bench $(if $(OUT),--out "$(OUT)")

pictures: setup
	@$(RUN)/antrean demo --no-screen --out out/pictures
	@$(RUN)/python tools/pictures.py out/pictures

messages: setup
	@$(RUN)/python -m wording.extract

docs: setup
	@$(RUN)/python -m tools.docs

lock: setup
	@$(RUN)/python tools/lock.py

clean:
	rm -rf $(VENV) out .mypy_cache .ruff_cache .pytest_cache .hypothesis
