from pathlib import Path

import pytest

from hengjian.kernel import FiscalYear, PackError
from hengjian.packs import load_library, standards_for
from hengjian.packs.load import KINDS
from tests.unit.packs.pack_maker import CODES, FORM, SIGNED, rubric, write_pack


def faults(root: Path) -> list[str]:
    return [str(fault) for fault in load_library(root).faults]


def test_a_sound_pack_has_no_faults(tmp_path: Path) -> None:
    write_pack(
        tmp_path, files={"codes/purpose.yaml": CODES, "forms/list.yaml": FORM, "rubrics/p.yaml": rubric()}
    )
    library = load_library(tmp_path)
    assert library.faults == ()
    assert library.require_clean() is library
    standards = standards_for(library, "city", FiscalYear(2022))
    assert set(standards.forms) == {"demo.list"}
    assert standards.forms["demo.list"].source == ("city/forms/list.yaml", 1)


def test_a_folder_without_packs(tmp_path: Path) -> None:
    with pytest.raises(PackError, match=r"there is no pack\.yaml"):
        load_library(tmp_path)
    with pytest.raises(PackError):
        load_library(tmp_path / "missing")


def test_an_unknown_key_is_a_fault_with_its_line(tmp_path: Path) -> None:
    write_pack(tmp_path, files={"codes/purpose.yaml": CODES.replace("levels:", "level: 1\nlevels:")})
    assert faults(tmp_path) == ["city/codes/purpose.yaml:3: level: Extra inputs are not permitted"]


def test_an_unknown_key_deep_inside(tmp_path: Path) -> None:
    text = CODES.replace("name: 图书, from: 2018", "name: 图书, colour: 红, from: 2018")
    write_pack(tmp_path, files={"codes/purpose.yaml": text})
    assert faults(tmp_path) == ["city/codes/purpose.yaml:9: items.1.colour: Extra inputs are not permitted"]


def test_a_repeated_key_is_a_fault(tmp_path: Path) -> None:
    write_pack(tmp_path, files={"codes/purpose.yaml": CODES + "verified: false\n"})
    assert faults(tmp_path) == ["city/codes/purpose.yaml:10: the key 'verified' is given twice"]


def test_a_missing_key_is_a_fault(tmp_path: Path) -> None:
    write_pack(tmp_path, files={"codes/purpose.yaml": CODES.replace("basis: 某市财政局通知\n", "")})
    assert faults(tmp_path) == ["city/codes/purpose.yaml:1: basis: Field required"]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "1: the file is empty"),
        ("# no more than a remark\n", "1: the file is empty"),
        ("scheme: [purpose\ntitle: x\n", "2: not YAML: "),
        ("scheme: purpose\n\tlevels: 3\n", "2: not YAML: "),
        ("scheme: a\n---\nscheme: b\n", "2: not YAML: "),
        ("scheme: \x01\n", "1: not YAML: unacceptable character #x0001"),
        ("scheme: !odd x\n", "1: 'x' is no value: could not determine a constructor"),
        ("a: 1\nfrom: 2018-13-45\n", "2: '2018-13-45' is no value: month must be in 1..12"),
        ("a: &a [1]\nb: *a\n", "1: an alias (*) repeats a list or mapping, which is not allowed"),
        ("a: &a [*a]\n", "1: an alias (*) repeats a list or mapping, which is not allowed"),
        ("? [a]\n: 1\n", "1: a key is a word"),
        ("- purpose\n", "1: Input should be a valid dictionary"),
        ("purpose\n", "1: Input should be a valid dictionary"),
    ],
)
def test_bad_yaml_is_a_fault_with_its_line(tmp_path: Path, text: str, fault: str) -> None:
    write_pack(tmp_path, files={"codes/purpose.yaml": text})
    found = faults(tmp_path)
    assert len(found) >= 1
    assert found[0].startswith(f"city/codes/purpose.yaml:{fault}")


def test_deep_nesting_is_a_fault_whoever_notices_it(tmp_path: Path) -> None:
    write_pack(tmp_path, files={"codes/purpose.yaml": "a: " + "[" * 3000 + "]" * 3000})
    (fault,) = faults(tmp_path)
    assert fault.startswith("city/codes/purpose.yaml:1: ")
    assert "nest" in fault


def test_a_file_that_is_not_utf_8(tmp_path: Path) -> None:
    write_pack(tmp_path, files={"codes/purpose.yaml": CODES})
    (tmp_path / "city/codes/purpose.yaml").write_bytes("scheme: 用途".encode("gbk"))
    assert faults(tmp_path)[0].startswith("city/codes/purpose.yaml:1: cannot be read: ")


def test_a_file_that_is_too_large(tmp_path: Path) -> None:
    write_pack(tmp_path, files={"codes/purpose.yaml": "#" * 4_000_001})
    assert faults(tmp_path) == ["city/codes/purpose.yaml:1: larger than 4000000 bytes"]


def test_a_pack_in_the_wrong_folder(tmp_path: Path) -> None:
    write_pack(tmp_path, "cn/city", pack="cn/town")
    assert faults(tmp_path) == [
        "cn/city/pack.yaml:1: the pack is called 'cn/town' but stands in another folder"
    ]


def test_a_file_in_an_unknown_folder(tmp_path: Path) -> None:
    write_pack(tmp_path, files={"tables/list.yaml": FORM, "stray.yaml": FORM})
    known = f"stands in no known folder ({', '.join(KINDS)})"
    assert faults(tmp_path) == [f"city/stray.yaml:1: {known}", f"city/tables/list.yaml:1: {known}"]


def test_a_file_with_the_other_ending_is_not_passed_over(tmp_path: Path) -> None:
    write_pack(tmp_path, files={"forms/list.yml": FORM})
    assert faults(tmp_path) == ["city/forms/list.yml:1: is not read: pack files end in .yaml"]


def test_a_pack_of_another_format(tmp_path: Path) -> None:
    write_pack(tmp_path, format="2")
    assert faults(tmp_path) == ["city/pack.yaml:2: format: Input should be 1"]


def test_a_manifest_that_cannot_be_read_makes_no_pack(tmp_path: Path) -> None:
    write_pack(tmp_path, title="{zh: 某市}")
    library = load_library(tmp_path)
    assert library.packs == {}
    assert {fault.line for fault in library.faults} == {3}


def test_years_in_the_wrong_order(tmp_path: Path) -> None:
    text = CODES.replace("name: 图书, from: 2018", "name: 图书, from: 2018, to: 2017")
    write_pack(tmp_path, files={"codes/purpose.yaml": text})
    assert faults(tmp_path) == [
        "city/codes/purpose.yaml:9: items.1: Value error, valid to 2017 before it is valid from 2018"
    ]


def test_a_code_that_yaml_reads_as_a_number(tmp_path: Path) -> None:
    write_pack(tmp_path, files={"codes/purpose.yaml": CODES.replace('"101"', "101")})
    assert faults(tmp_path) == ["city/codes/purpose.yaml:8: items.0.code: Input should be a valid string"]


def test_every_fault_is_collected_in_one_go(tmp_path: Path) -> None:
    rules = (
        "rules:\n"
        "  - {id: a, ref: A, title: {zh: 甲, en: A}, assert: 1 == 1, from: 2018, basis: 文, verified: true}\n"
        "  - id: b\n"
        "    ref: B\n"
        "    title: {zh: 乙, en: B}\n"
        "    assert: 1 == 1\n"
        "    severity: terrible\n"
        "    from: 2018\n"
        "    basis: 通知\n"
        "    verified: perhaps\n"
    )
    write_pack(
        tmp_path,
        "cn/city",
        {
            "codes/purpose.yaml": CODES.replace('code: "101"', 'code: "1"'),
            "forms/a.yaml": FORM.replace("unit: 万元", "unit: 斤"),
            "forms/b.yaml": "form: [\n",
            "rules/c.yaml": rules,
            "wording/d.yaml": "wording: prompts\nprompts: 填写\n" + SIGNED,
        },
        pack="cn/town",
        inherits="cn/nowhere",
    )
    write_pack(tmp_path, "cn/other", {"forms/a.yaml": FORM.replace("columns:", "pillars:")})
    found = [(fault.file, fault.line) for fault in load_library(tmp_path).faults]
    assert found == [
        ("cn/city/codes/purpose.yaml", 8),
        ("cn/city/forms/a.yaml", 5),
        ("cn/city/forms/b.yaml", 2),
        ("cn/city/pack.yaml", 1),
        ("cn/city/rules/c.yaml", 7),
        ("cn/city/rules/c.yaml", 10),
        ("cn/city/wording/d.yaml", 2),
        ("cn/other/forms/a.yaml", 1),
        ("cn/other/forms/a.yaml", 9),
    ]


def test_a_faulty_library_is_not_used(tmp_path: Path) -> None:
    write_pack(tmp_path, files={"codes/purpose.yaml": ""})
    library = load_library(tmp_path)
    with pytest.raises(PackError) as caught:
        standards_for(library, "city", FiscalYear(2022))
    assert caught.value.faults == library.faults


def test_a_pack_within_a_pack_keeps_its_own_files(tmp_path: Path) -> None:
    write_pack(tmp_path, "cn", {"codes/purpose.yaml": CODES})
    write_pack(tmp_path, "cn/city", {"forms/list.yaml": FORM}, inherits="cn")
    library = load_library(tmp_path)
    assert library.faults == ()
    assert [form.form for form in library.packs["cn"].forms] == []
    assert [form.form for form in library.packs["cn/city"].forms] == ["demo.list"]


def test_a_rule_knows_its_line(tmp_path: Path) -> None:
    line = "title: {zh: 甲, en: A}, assert: 1 == 1, from: 2018, basis: 通知, verified: true}"
    write_pack(
        tmp_path,
        files={"rules/r.yaml": f"rules:\n  - {{id: a, ref: A, {line}\n  - {{id: b, ref: B, {line}\n"},
    )
    rules = load_library(tmp_path).packs["city"].rules
    assert [(rule.id, rule.source) for rule in rules] == [
        ("a", ("city/rules/r.yaml", 2)),
        ("b", ("city/rules/r.yaml", 3)),
    ]


def test_a_changed_file_is_loaded_again(tmp_path: Path) -> None:
    write_pack(tmp_path, files={"codes/purpose.yaml": CODES})
    before = load_library(tmp_path)
    assert load_library(tmp_path) is before
    write_pack(tmp_path, files={"codes/purpose.yaml": CODES.replace("图书", "书籍")})
    after = load_library(tmp_path)
    assert after.digest != before.digest
    assert after.packs["city"].codes[0].items[1].name == "书籍"
