from pathlib import Path

import pytest

from hengjian.packs import load_library
from hengjian.packs.lint import lint_library
from tests.unit.packs.pack_maker import CODES, FORM, rubric, write_pack


def lint(root: Path) -> list[str]:
    return [str(fault) for fault in lint_library(load_library(root))]


def test_a_sound_pack(tmp_path: Path) -> None:
    write_pack(
        tmp_path, files={"codes/purpose.yaml": CODES, "forms/list.yaml": FORM, "rubrics/p.yaml": rubric()}
    )
    assert lint(tmp_path) == []


def test_faults_of_loading_are_among_those_of_linting(tmp_path: Path) -> None:
    write_pack(tmp_path, files={"codes/purpose.yaml": "", "forms/list.yaml": FORM})
    assert lint(tmp_path) == [
        "city/codes/purpose.yaml:1: the file is empty",
        "city/forms/list.yaml:1: unknown scheme purpose",
    ]


def test_an_unknown_parent_pack(tmp_path: Path) -> None:
    write_pack(tmp_path, inherits="cn/nowhere")
    assert lint(tmp_path) == ["city/pack.yaml:1: inherits from an unknown pack (cn/nowhere)"]


def test_a_circle_of_packs(tmp_path: Path) -> None:
    write_pack(tmp_path, "a", inherits="b")
    write_pack(tmp_path, "b", inherits="c")
    write_pack(tmp_path, "c", inherits="a")
    assert lint(tmp_path) == [f"{pack}/pack.yaml:1: inherits from itself" for pack in "abc"]


def test_two_versions_of_a_form_in_one_year(tmp_path: Path) -> None:
    earlier = FORM.replace("from: 2018", "from: 2018\nto: 2021")
    write_pack(
        tmp_path,
        files={
            "codes/purpose.yaml": CODES,
            "forms/a.yaml": earlier,
            "forms/b.yaml": FORM.replace("from: 2018", "from: 2021"),
        },
    )
    assert lint(tmp_path) == ["city/forms/b.yaml:1: demo.list is valid twice in 2021"]
    write_pack(tmp_path, files={"forms/b.yaml": FORM.replace("from: 2018", "from: 2022")})
    assert lint(tmp_path) == []


def test_a_version_without_end_before_another(tmp_path: Path) -> None:
    line = "ref: A, title: {zh: 甲, en: A}, assert: 1 == 1, basis: 通知, verified: true}"
    write_pack(
        tmp_path,
        files={"rules/r.yaml": f"rules:\n  - {{id: a, from: 2018, {line}\n  - {{id: a, from: 2025, {line}\n"},
    )
    assert lint(tmp_path) == ["city/rules/r.yaml:3: a is valid twice in 2025"]


def test_a_code_that_is_valid_twice(tmp_path: Path) -> None:
    text = CODES + '  - {code: "10101", name: 书籍, from: 2020}\n'
    write_pack(tmp_path, files={"codes/purpose.yaml": text})
    assert lint(tmp_path) == ["city/codes/purpose.yaml:1: 10101 is valid twice in 2020"]


def test_a_code_without_its_parent_in_some_year(tmp_path: Path) -> None:
    text = CODES.replace("name: 馆藏, from: 2018", "name: 馆藏, from: 2018, to: 2025")
    write_pack(tmp_path, files={"codes/purpose.yaml": text})
    assert lint(tmp_path) == ["city/codes/purpose.yaml:1: 10101 has no parent 101 in 2026"]


def test_a_code_of_no_level(tmp_path: Path) -> None:
    write_pack(tmp_path, files={"codes/purpose.yaml": CODES + '  - {code: "1010", name: 图, from: 2018}\n'})
    assert lint(tmp_path) == ["city/codes/purpose.yaml:1: 1010 has the length of no level (3, 5)"]


def test_the_parent_of_a_code_may_be_inherited(tmp_path: Path) -> None:
    head, _, items = CODES.partition("items:\n")
    first, second = items.splitlines(keepends=True)
    write_pack(tmp_path, "nation", {"codes/purpose.yaml": f"{head}items:\n{first}"})
    write_pack(tmp_path, "city", {"codes/purpose.yaml": f"{head}items:\n{second}"}, inherits="nation")
    assert lint(tmp_path) == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("scheme: purpose", "scheme: use", "unknown scheme use"),
        (
            "  - {id: total, captions: [合计]}\nrows:",
            "  - {id: total, captions: [合计]}\n  - {id: total, captions: [小计]}\nrows:",
            "the id total is given twice",
        ),
        (
            "code_rows:",
            "  - {id: other, of_which: whole, captions: [其他]}\ncode_rows:",
            "row other is part of an unknown row whole",
        ),
    ],
)
def test_a_faulty_form(tmp_path: Path, old: str, new: str, fault: str) -> None:
    assert old in FORM
    write_pack(tmp_path, files={"codes/purpose.yaml": CODES, "forms/list.yaml": FORM.replace(old, new)})
    assert lint(tmp_path) == [f"city/forms/list.yaml:1: {fault}"]


def test_a_form_without_rows(tmp_path: Path) -> None:
    write_pack(tmp_path, files={"forms/list.yaml": FORM[: FORM.index("rows:")]})
    assert lint(tmp_path) == ["city/forms/list.yaml:1: the form has no rows"]


def test_a_prompt_that_is_no_pattern(tmp_path: Path) -> None:
    text = "wording: prompts\nfrom: 2018\nbasis: 通知\nverified: true\nprompts: ['(填写']\n"
    write_pack(tmp_path, files={"wording/w.yaml": text})
    assert lint(tmp_path)[0].startswith("city/wording/w.yaml:1: the prompt '(填写' is no pattern: ")


def test_a_faulty_pack_does_not_hide_those_of_another(tmp_path: Path) -> None:
    write_pack(tmp_path, "a", inherits="nowhere")
    write_pack(tmp_path, "b", {"rubrics/p.yaml": rubric(indicator_weight="80")})
    assert [fault.split(":")[0] for fault in lint(tmp_path)] == ["a/pack.yaml", "b/rubrics/p.yaml"]
