"""Run every benchmark: ``python -m benchmarks``."""

from benchmarks import reading, rules, writing

for module in (rules, reading, writing):
    module.main()
