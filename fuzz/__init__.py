"""Broken files for the readers: ``python -m fuzz [READER…] --runs N``, or ``make fuzz RUNS=1000000``.

A case is made from a reader's name and a number alone, so every case can be made again. What breaks the
invariant of `fuzz.target` is saved to ``fuzz/corpus/READER``, which the tests read ever after; of cases that
fail alike the first.
"""
