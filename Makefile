# Needs make, git and Python >= 3.11, nothing else; uv is used when it is installed.
#   make PYTHON=/path/to/python test     chooses the interpreter

SHELL := /bin/sh
.SHELLFLAGS := -eu -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:

PYTHON ?=
# dev is enough to work; spark and bench add what the cluster's tests and the benchmarks' peers need:
#   make EXTRAS="dev spark bench" test
EXTRAS ?= dev
comma := ,
space := $(subst ,, )
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
CODE := $(wildcard src tests benchmarks fuzz)
RUNS ?= 100000

.PHONY: help demo test lint bench fuzz serve clean

help: ## 显示本说明 / show this list
	@sed -n 's/^\([a-z]*\):[^#]*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 16

demo: $(STAMP) ## 跑一遍示例 / run the demonstration
	@$(BIN)/hengjian demo

test: $(STAMP) ## 运行全部测试 / run every test
	@$(BIN)/python -m pytest -n 2

lint: $(STAMP) ## 检查代码、类型、分层和标准包 / check code, types, layers and packs
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy $(CODE)
	$(BIN)/lint-imports --no-logo
	$(BIN)/hengjian packs lint
	$(BIN)/hengjian packs test

bench: $(STAMP) ## 运行性能测试 / run the benchmarks
	@$(BIN)/python -m benchmarks

fuzz: $(STAMP) ## 用随机改坏的文件试读取程序（RUNS=次数） / feed broken files to the readers (RUNS=times)
	@$(BIN)/python -m fuzz --runs $(RUNS)

serve: ## 启动网页工作台（尚未提供） / start the web workspace (not there yet)
	@echo '网页工作台尚未提供。 / The web workspace is not there yet.' >&2; exit 1

clean: ## 删除安装与缓存 / remove what was installed and cached
	rm -rf $(VENV) build dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find $(CODE) -name __pycache__ -type d -prune -exec rm -rf {} +

# The stamp is written last, so an installation that was cut short is taken up again. A venv that still runs is
# reused; one whose interpreter is gone or too old is made anew.
$(STAMP): pyproject.toml $(wildcard uv.lock)
	@recent='import sys; sys.exit(sys.version_info < (3, 11))'; \
	uv=$$(command -v uv || true); python=; seen=; \
	for candidate in $(if $(PYTHON),"$(PYTHON)",python3.13 python3.12 python3.11 python3); do \
		"$$candidate" -c "$$recent" >/dev/null 2>&1 || continue; \
		seen=$$candidate; \
		if [ -n "$$uv" ] || "$$candidate" -c 'import ensurepip, venv' >/dev/null 2>&1; then python=$$candidate; break; fi; \
	done; \
	if [ -z "$$seen" ]; then \
		echo '需要 Python 3.11 或更高版本，请先安装，或用 make PYTHON=路径 指定。 / Python 3.11 or newer is needed: install it, or name it with make PYTHON=path.' >&2; exit 1; \
	elif [ -z "$$python" ]; then \
		echo "$$seen 缺少 venv 模块，请先安装（Debian/Ubuntu：apt install python3-venv）。 / $$seen lacks the venv module: install it first (Debian/Ubuntu: apt install python3-venv)." >&2; exit 1; \
	fi; \
	echo '正在安装（首次约需一分钟）… / installing (first time, about a minute) …'; \
	if [ -n "$$uv" ]; then \
		"$$uv" sync --quiet --python "$$python" $(foreach extra,$(EXTRAS),--extra $(extra)) --locked; \
	else \
		"$(BIN)/python" -c "import pip; $$recent" >/dev/null 2>&1 || "$$python" -m venv --clear $(VENV); \
		"$(BIN)/python" -m pip install -qq --disable-pip-version-check -e '.[$(subst $(space),$(comma),$(strip $(EXTRAS)))]'; \
	fi
	@# Compiled once, so that commands start as fast where Python is told to write no bytecode.
	@$(BIN)/python -m compileall -q src
	@touch $@
