# 台账 taizhang: everything from nothing. `make help` lists the targets.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
DEMO := demo
SAMPLES := corpus/samples/documents
PACKAGES := corpus extractors outputs flows

# What pip builds in a place of its own (jieba, the project itself) is built with pinned tools, too;
# pip up to 25.2 reads the first name, later ones the second.
export PIP_CONSTRAINT := constraints.txt
export PIP_BUILD_CONSTRAINT := constraints.txt
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help schema workers bench-parse bench-compare bench-rescans bench-review rescans load screenshots messages setup test lint types contracts unit gate ocr stack format demo docs wheel lock clean

help:
	@echo '用法 Usage: make TARGET'
	@echo '  setup   安装到 .venv           install into .venv'
	@echo '  demo    用样例文件走一遍       the main job on the sample documents, into demo/'
	@echo '  test    全部检查               lint, types, contracts, tests, accuracy gate'
	@echo '  ocr     试读扫描件             read a few scanned pages with the engine itself'
	@echo '  stack   整套程序启动、上传、停止 everything up, an upload, and down again'
	@echo '  rescans 改过的扫描件与原件比对 edited copies, scanned, against their originals'
	@echo '  workers 多个进程与 PostgreSQL    workers that are killed, and two on PostgreSQL'
	@echo '  schema  接口与其说明核对         the JSON API against its description'
	@echo '  format  整理代码格式           format the code'
	@echo '  docs    重跑说明书里的命令     run what the READMEs show, write what it printed'
	@echo '  screenshots 网页应用的画面     pictures of every page of the web application, into screenshots/'
	@echo '  messages 网页文字的译文        bring the catalogues of the web application up to its pages'
	@echo '  bench-review   网页在大库上的用时  how long the pages take in a big library, into docs/bench-review.md'
	@echo '  load           多人同时使用    twenty people at once in the web application'
	@echo '  bench-parse    读文件的准确率  how well and how fast scans and digital files are read, into docs/bench-parse.md'
	@echo '  bench-compare  大库比对的用时  what comparing costs in libraries of up to a million commitments'
	@echo '  bench-rescans  扫描件比对的准确率  how well changes of scanned copies are reported'
	@echo '  wheel   打包到 dist/           build the wheel into dist/'
	@echo '  lock    更新 constraints.txt   pin what pip finds today in constraints.txt'
	@echo '  clean   删除生成的文件         remove what was made, the library of your own excepted'

setup: $(STAMP)

# The stamp is written last: an installation that broke off is begun again.
$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo '需要 Python 3.11 或更高版本，而 $(PYTHON) 是：| Python 3.11 or later is needed; $(PYTHON) is:' >&2; \
	  $(PYTHON) --version >&2 || true; \
	  echo '请安装后运行 make setup PYTHON=python3.11 | install one, then: make setup PYTHON=python3.11' >&2; \
	  exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo '$(PYTHON) 缺少 venv，请安装（Debian、Ubuntu：apt install python3-venv）' >&2; \
	  echo '$(PYTHON) lacks venv; install it (Debian, Ubuntu: apt install python3-venv)' >&2; \
	  exit 1; }
	@echo '正在安装到 $(VENV)，需要几分钟 | installing into $(VENV), some minutes'
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/pip install --quiet -c constraints.txt -e '.[dev]'
	@touch $@

test: lint types contracts unit gate

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: setup
	$(BIN)/mypy

contracts: setup
	$(BIN)/lint-imports

unit: setup
	$(BIN)/pytest -m 'not stack and not load and not schema and not workers and not rescans'

# Server, worker and web application as processes; a minute or two.
stack: setup
	$(BIN)/pytest -m stack tests/flows/stack

# Twenty people at once: on the samples for a quarter of a minute, or for five minutes on LIBRARY.
load: setup
ifdef LIBRARY
	PYTHONPATH=. $(BIN)/python benchmarks/load.py $(LIBRARY)
else
	$(BIN)/pytest -m load tests/outputs/review/test_load.py
endif

# A few pages through the engine itself; some seconds each.
ocr: setup
	$(BIN)/pytest -m ocr tests/corpus/parse

# Edited copies printed, scanned and read by the engine, against their originals; two minutes.
rescans: setup
	$(BIN)/pytest -m rescans tests/end_to_end/test_rescans.py

# The JSON API against its own description; SCHEMA_EXAMPLES=500 asks for more of each kind.
schema: setup
	$(BIN)/pytest -m schema tests/outputs/review/api

# Workers killed at twenty points of an ingest; two of them on PostgreSQL against one on SQLite.
workers: setup
	$(BIN)/pytest -m workers tests/flows

gate: setup
	$(BIN)/python -m extractors.evaluation.gate

format: setup
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

demo: setup
	$(BIN)/taizhang ingest $(SAMPLES) --home $(DEMO)/library
	$(BIN)/taizhang ledger --home $(DEMO)/library
	$(BIN)/taizhang ledger --home $(DEMO)/library -o $(DEMO)/台账.xlsx
	$(BIN)/taizhang changes --home $(DEMO)/library
	$(BIN)/taizhang changes --home $(DEMO)/library -o $(DEMO)/新旧对照.html
	@echo
	@echo '样例文件 | sample documents:    $(SAMPLES)/'
	@echo '台账 | the ledger:              $(DEMO)/台账.xlsx'
	@echo '新旧对照 | the change report:   $(DEMO)/新旧对照.html'
	@echo '台账库 | the library:           $(DEMO)/library/'

docs: setup
	$(BIN)/python docs/rerun.py README.md README.zh-CN.md

screenshots: setup
	$(BIN)/pytest -m browser tests/outputs/review/screenshots.py

# Exits with 1 where a message lacks its words in another language.
messages: setup
	$(BIN)/python -m outputs.review.messages

# A library of 10,000 documents and 300,000 rows, made once in $(BIG): ten minutes and 2 GB.
BIG ?= /tmp/taizhang-big
bench-review: setup
	test -d $(BIG) || PYTHONPATH=. nice $(BIN)/python benchmarks/review_library.py $(BIG)
	PYTHONPATH=. $(BIN)/python benchmarks/review.py $(BIG) --docs

# BENCH_PARSE=--quick for a few scans in some minutes, --variants all or by name for scans made here.
BENCH_PARSE ?=
PAGES ?= ../shared/documents/pdf
bench-parse: setup
	PYTHONPATH=. nice $(BIN)/python benchmarks/parse.py $(PAGES) $(BENCH_PARSE) --write docs/bench-parse.md

# Libraries of up to a million commitments, made under /tmp and removed again: half an hour or more.
bench-compare: setup
	PYTHONPATH=. nice $(BIN)/python benchmarks/compare.py --write docs/bench-compare-figures.md

# RESCANS=files to type anew, edit, scan and compare; some seconds a page.
RESCANS ?= $(wildcard ../shared/documents/pdf/00?-digital.pdf)
bench-rescans: setup
	PYTHONPATH=. nice $(BIN)/python benchmarks/rescans.py $(RESCANS) --notes

wheel: setup
	rm -rf build dist
	$(BIN)/pip wheel --quiet --no-deps --wheel-dir dist .

# Resolved in an environment of its own, so that nothing installed by hand is pinned.
lock:
	PYTHON=$(PYTHON) .ci/lock

clean:
	rm -rf $(VENV) $(DEMO) build dist screenshots *.egg-info
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find $(PACKAGES) tests -name __pycache__ -type d -prune -exec rm -rf {} +
