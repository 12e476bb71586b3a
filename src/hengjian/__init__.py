"""Hengjian (衡鉴): budgets, final accounts and results of Chinese public departments, written and audited."""

__version__ = "0.1.0"
