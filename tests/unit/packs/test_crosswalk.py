"""Changes between the editions of a scheme: what they may say, and where they lead."""

from typing import Any

import pytest
from pydantic import ValidationError

from hengjian.packs.crosswalk import Change, Crosswalk, Step, follow

NOTICE = {"basis": "某市财政局通知", "verified": True}


def walk(edition: int, *changes: tuple[str, tuple[str, ...], tuple[str, ...]]) -> Crosswalk:
    told = [{"kind": kind, "from": old, "to": new} for kind, old, new in changes]
    return Crosswalk.model_validate(
        {"scheme": "purpose", "edition": edition, "from": edition, "changes": told} | NOTICE
    )


WALKS = (
    walk(2020, ("split", ("101",), ("102", "103"))),
    walk(2021, ("merged", ("103", "104"), ("105",)), ("renamed", ("102",), ("102",))),
    walk(2022, ("moved", ("105",), ("106",)), ("dropped", ("102",), ())),
    walk(2023, ("reused", ("106",), ("107",)), ("new", (), ("108",))),
    walk(2024, ("reused", ("107",), ())),
)


@pytest.mark.parametrize(
    ("code", "years", "codes"),
    [
        ("101", (2019, 2019), ("101",)),
        ("101", (2019, 2020), ("102", "103")),
        ("101", (2019, 2021), ("102", "105")),
        ("101", (2019, 2022), ("106",)),
        ("101", (2019, 2023), ("107",)),
        ("101", (2019, 2024), ()),
        ("101", (2020, 2024), ("101",)),
        ("102", (2020, 2021), ("102",)),
        ("104", (2018, 2022), ("106",)),
        ("106", (2023, 2026), ("106",)),
        ("199", (2018, 2026), ("199",)),
        ("101", (2022, 2019), ("101",)),
    ],
)
def test_a_code_is_followed_over_the_editions(
    code: str, years: tuple[int, int], codes: tuple[str, ...]
) -> None:
    assert follow(WALKS, "purpose", code, *years).codes == codes


def test_the_way_is_told_edition_by_edition() -> None:
    assert follow(WALKS, "purpose", "101", 2019, 2022).steps == (
        Step(2020, "split", "101", ("102", "103")),
        Step(2021, "renamed", "102", ("102",)),
        Step(2021, "merged", "103", ("105",)),
        Step(2022, "dropped", "102", ()),
        Step(2022, "moved", "105", ("106",)),
    )


def test_the_crosswalks_of_other_schemes_do_not_count() -> None:
    assert follow(WALKS, "nature", "101", 2019, 2024).codes == ("101",)


def test_the_changes_of_two_packs_in_one_edition_add_up() -> None:
    both = (walk(2020, ("moved", ("101",), ("102",))), walk(2020, ("moved", ("201",), ("202",))))
    assert [follow(both, "purpose", code, 2019, 2020).codes for code in ("101", "201")] == [
        ("102",),
        ("202",),
    ]


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"kind": "moved", "from": ["101"]}, "moved does not go with 0 codes in `to`"),
        ({"kind": "moved", "from": ["101"], "to": ["102", "103"]}, "2 codes in `to`"),
        ({"kind": "split", "from": ["101"], "to": ["102"]}, "1 codes in `to`"),
        ({"kind": "merged", "from": ["101"], "to": ["102"]}, "1 codes in `from`"),
        ({"kind": "new", "from": ["101"], "to": ["102"]}, "1 codes in `from`"),
        ({"kind": "dropped", "from": ["101"], "to": ["102"]}, "1 codes in `to`"),
        ({"kind": "dropped", "from": ["101", "101"]}, "a code stands twice in `from`"),
        ({"kind": "renamed", "from": ["101"], "to": ["102"]}, "keeps its number"),
        ({"kind": "moved", "from": ["101"], "to": ["101"]}, "keeps its number"),
        ({"kind": "lost", "from": ["101"]}, "kind"),
    ],
)
def test_a_change_has_the_codes_of_its_kind(change: dict[str, Any], complaint: str) -> None:
    with pytest.raises(ValidationError, match=complaint):
        Change.model_validate(change)
