"""Findings and errors: every catalogued code can be said in both languages."""

from __future__ import annotations

import re
from string import Formatter

import pytest

from hengjian.kernel import Finding, InputError, PackError, PackFault, Place, Severity, Text
from hengjian.kernel.catalogue import catalogue

CODES = sorted(catalogue())
NAMED = ("stated", "expected", "difference")


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def made(code: str) -> Finding:
    """Return a finding whose every placeholder is filled with its own name in guillemets."""
    names = catalogue()[code].placeholders
    return Finding.of(code, Place(file="a.txt"), **{name: f"«{name}»" for name in names})  # type: ignore[arg-type]


@pytest.mark.parametrize("code", CODES)
def test_every_code_fills_every_placeholder_in_both_languages(code: str) -> None:
    finding, entry = made(code), catalogue()[code]
    assert finding.suggestion is not None
    for language in ("zh", "en"):
        for said, template in ((finding.message, entry.message), (finding.suggestion, entry.remedy)):
            assert said[language]
            assert "{" not in said[language]
            assert set(re.findall(r"«(\w+)»", said[language])) == placeholders(template[language])
    assert finding.severity is entry.severity
    assert finding.title == entry.title


@pytest.mark.parametrize("code", CODES)
def test_a_placeholder_without_a_value_is_a_bug_and_none_is_a_dash(code: str) -> None:
    names = catalogue()[code].placeholders - set(NAMED)
    for name in names:
        rest = {other: "x" for other in names if other != name}
        with pytest.raises(KeyError):
            Finding.of(code, Place(), **rest)  # type: ignore[arg-type]
    blank = Finding.of(code, Place(), **dict.fromkeys(names))  # type: ignore[arg-type]
    for language in ("zh", "en"):
        said, template = blank.message[language], catalogue()[code].message[language]
        assert said.count("None") == template.count("None")
        assert not names & placeholders(template) or "—" in said


@pytest.mark.parametrize("code", CODES)
def test_titles_are_short_and_messages_whole_sentences(code: str) -> None:
    entry = catalogue()[code]
    assert 2 <= len(entry.title.zh) <= 24
    assert 3 <= len(entry.title.en) <= 60
    assert re.search(r"[\u4e00-\u9fff]", entry.title.zh)
    assert not re.search(r"[\u4e00-\u9fff]{3,}", placeholders_removed(entry.message.en))
    for text in (entry.message.zh, entry.remedy.zh):
        assert text.endswith("。"), text
    for text in (entry.message.en, entry.remedy.en):
        assert text.endswith("."), text


def placeholders_removed(text: str) -> str:
    return re.sub(r"\{\w+\}", "", text)


def test_an_unknown_code_is_a_bug() -> None:
    with pytest.raises(KeyError):
        Finding.of("claim.no-such-code", Place())


def test_a_value_in_two_languages_gives_each_its_own() -> None:
    finding = Finding.of(
        "target.unit", Place(), stated="%", expected="次", name="宣传次数", target="≥10%", unit="%",
        kind=Text("次数", "number of times"), better="",
    )  # fmt: skip
    assert "是次数" in finding.message.zh
    assert "is number of times" in finding.message.en


def test_a_finding_may_weigh_less_than_its_kind() -> None:
    given = {"name": "甲", "target": "≥1", "actual": "2", "weight": "5"}
    plain = Finding.of("score.not-by-rule", Place(), stated="3", expected="4", **given)  # type: ignore[arg-type]
    mild = Finding.of("score.not-by-rule", Place(), severity=Severity.INFO, **given)  # type: ignore[arg-type]
    assert (plain.severity, mild.severity) == (Severity.WARNING, Severity.INFO)
    assert (plain.stated, plain.expected, plain.difference) == ("3", "4", None)


def test_an_input_error_says_where_what_and_what_to_do() -> None:
    error = InputError("input.unsupported", kind="wps", formats="docx、txt")
    assert str(error) == "不能读取wps格式；目前能读取：docx、txt。请用原软件打开，另存为docx或txt后再试。"
    located = error.located(Place(file="a.wps"))
    assert located.line("en").startswith("a.wps: wps cannot be read; ")
    assert located.located(Place(file="b.wps")).finding.place.file == "a.wps", "the first place stays"


def test_a_pack_error_lists_every_fault() -> None:
    faults = (PackFault("a.yaml", 3, "unknown key"), PackFault("b.yaml", 1, "dangling"))
    assert str(PackError(faults)).splitlines() == ["a.yaml:3: unknown key", "b.yaml:1: dangling"]
