"""Benchmarks: each measures against a named peer and against the bare limit, in one run, as ratios."""
