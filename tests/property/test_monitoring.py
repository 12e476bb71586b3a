"""A monitoring sheet written and read back is the same sheet; more execution is never a worse colour."""

from __future__ import annotations

import tempfile
from fractions import Fraction
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from hengjian.filing import (
    CorrectiveAction,
    Entity,
    Filing,
    IndicatorProgress,
    MonitoringSheet,
    ProjectProgress,
    read_filing,
    write_filing,
)
from hengjian.kernel import Amount, FiscalYear, Interval, MoneyUnit
from hengjian.packs import squeeze
from hengjian.packs.monitoring import Colour
from hengjian.scoring.monitoring import execution_colour, monitoring_standards
from tests.unit.filing.maker import library, standards, without_places

words = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=12)
names = words.filter(lambda text: bool(text.strip()))
blank_or_words = st.none() | words
amounts = st.builds(
    lambda number, unit, places: Amount.parse(f"{number:,.{places}f}", unit),
    st.integers(-(10**9), 10**9),
    st.sampled_from(MoneyUnit),
    st.integers(0, 4),
)
indicators = st.builds(
    IndicatorProgress, names, blank_or_words, blank_or_words, blank_or_words, blank_or_words, blank_or_words
)
actions = st.builds(CorrectiveAction, words, blank_or_words, blank_or_words)
projects = st.builds(
    ProjectProgress,
    names,
    st.none() | amounts,
    st.none() | amounts,
    st.none() | amounts,
    blank_or_words,
    st.lists(indicators, max_size=3).map(tuple),
    st.lists(actions, max_size=2).map(tuple),
)
sheets = st.builds(
    MonitoringSheet,
    st.integers(1, 12),
    st.lists(projects, max_size=3, unique_by=lambda progress: squeeze(progress.project)).map(tuple),
)


@given(st.lists(sheets, max_size=3, unique_by=lambda sheet: sheet.month))
def test_what_is_written_is_read_back(made: list[MonitoringSheet]) -> None:
    ordered = tuple(sorted(made, key=lambda sheet: sheet.month))
    filing = Filing(Entity("青山图书馆"), FiscalYear(2022), "demo", "budget", monitoring=ordered)
    with tempfile.TemporaryDirectory() as folder:
        write_filing(filing, Path(folder), standards())
        again = read_filing(Path(folder), library())
        assert again.problems == ()
        assert without_places(again.monitoring) == ordered


@given(st.integers(1, 12), st.integers(1, 1000), st.integers(0, 1000), st.integers(0, 1000))
def test_more_execution_is_never_a_worse_colour(month: int, budget: int, some: int, more: int) -> None:
    of = monitoring_standards(standards())
    whole = Interval.exactly(budget)
    less, greater = sorted((some, more))
    colours = [execution_colour(Interval.exactly(each), whole, of, month) for each in (less, greater)]
    order = [list(Colour).index(graded.colour) for graded in colours if graded.colour is not None]
    assert len(order) == 2
    assert order == sorted(order)


@given(st.integers(1, 12), st.integers(1, 1000), st.integers(0, 1000), st.fractions(0, 5))
def test_rounding_never_makes_a_colour_worse(month: int, budget: int, executed: int, half: Fraction) -> None:
    of = monitoring_standards(standards())
    whole = Interval.exactly(budget)
    exact = execution_colour(Interval.exactly(executed), whole, of, month).colour
    rounded = execution_colour(Interval.about(Fraction(executed), half), whole, of, month).colour
    assert exact is not None
    assert rounded is not None
    assert list(Colour).index(rounded) >= list(Colour).index(exact)
