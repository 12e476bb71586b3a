"""Faults of indicator libraries, told by file and line with all other faults of a pack."""

from pathlib import Path
from textwrap import indent

from hengjian.packs import load_library
from hengjian.packs.lint import lint_library
from tests.unit.packs.pack_maker import SIGNED, write_pack

HEAD = (
    "title: {zh: 指标, en: Indicators}\n"
    + SIGNED
    + "ledgers: {TALK: {zh: 讲座登记, en: talks}}\nindicators:\n"
)
KEYS = {
    "id": "LB-01",
    "name": "讲座合格率",
    "level1": "产出指标",
    "level2": "质量指标",
    "definition": "{zh: 合格的讲座, en: good talks}",
    "numerator": "合格场次",
    "denominator": "全部场次",
    "ledgers": "[TALK]",
    "operator": "≥",
    "target": "'90'",
    "unit": "'%'",
}
VOCABULARY = "vocabulary: indicators\n" + SIGNED + "units: ['%', 场]\n"


def indicator(**changes: str | None) -> str:
    lines = "".join(f"{key}: {text}\n" for key, text in (KEYS | changes).items() if text is not None)
    return "  - " + indent(lines, "    ").strip() + "\n"


def lint(root: Path, *indicators: str, other: str | None = None) -> list[str]:
    files = {
        "indicators/vocabulary.yaml": VOCABULARY,
        "indicator_libraries/one.yaml": "library: one\n" + HEAD + "".join(indicators),
    }
    if other is not None:
        files["indicator_libraries/two.yaml"] = "library: two\n" + HEAD + other
    write_pack(root, files=files)
    return [
        str(fault).removeprefix("city/indicator_libraries/one.yaml:1: ")
        for fault in lint_library(load_library(root))
    ]


def test_a_sound_library(tmp_path: Path) -> None:
    formula = "abs(executed - initial) / initial"
    assert lint(tmp_path, indicator(formula=formula), indicator(id="LB-02")) == []


def test_an_id_given_twice(tmp_path: Path) -> None:
    assert lint(tmp_path, indicator(), indicator()) == ["one: the id LB-01 is given twice"]


def test_an_id_of_two_libraries(tmp_path: Path) -> None:
    faults = lint(tmp_path, indicator(), other=indicator())
    assert faults[0] == "one: the id LB-01 is also in two"
    assert faults[1].endswith("two: the id LB-01 is also in one")
    assert len(faults) == 2


def test_a_ledger_that_has_no_name(tmp_path: Path) -> None:
    assert lint(tmp_path, indicator(ledgers="[LOAN]")) == ["one: LB-01 names an unknown ledger LOAN"]


def test_an_operator_without_target_or_unit(tmp_path: Path) -> None:
    assert lint(tmp_path, indicator(target=None)) == ["one: LB-01 has an operator and no target"]
    assert lint(tmp_path, indicator(unit=None)) == ["one: LB-01 has no unit"]
    faults = lint(tmp_path, indicator(operator="qualitative", target="明显"))
    assert faults == ["one: LB-01 is qualitative and has a unit"]


def test_a_rate_without_its_base(tmp_path: Path) -> None:
    assert lint(tmp_path, indicator(denominator=None)) == [
        "one: LB-01 has only one of numerator and denominator",
        "one: LB-01 is a rate without numerator and denominator",
    ]


def test_a_unit_that_the_vocabulary_does_not_know(tmp_path: Path) -> None:
    faults = lint(tmp_path, indicator(name="讲座", unit="斤"))
    assert faults == ["one: LB-01 has a unit that is not in the vocabulary (斤)"]


def test_a_formula_that_is_none_or_of_other_figures(tmp_path: Path) -> None:
    faults = lint(tmp_path, indicator(formula="executed / planned"))
    assert faults == ["one: LB-01 has a formula of planned, which is none of adjusted, executed, initial"]
    faults = lint(tmp_path, indicator(formula="executed ÷ initial"))
    assert [fault.partition(":")[0] for fault in faults] == ["one"]
    assert "LB-01 has a formula that cannot be read" in faults[0]


def test_a_basis_without_saying_whether_it_was_seen(tmp_path: Path) -> None:
    faults = lint(tmp_path, indicator(basis="某市财政局通知"))
    assert faults == ["one: LB-01 has only one of basis and verified"]
