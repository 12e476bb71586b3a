"""Rectification as a clerk meets it: list, save, fill in, carry over; nothing typed is lost."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from hengjian.cli.app import build
from hengjian.filing.rectifications import RECTIFICATIONS
from hengjian.kernel.resources import data_folder

MANIFEST = """pack = "demo"
year = {year}
kind = "self_evaluation"

[entity]
name = "青山图书馆"
"""
PROJECT = """name = "流动书车"
score = 95

[execution]
weight = 10
score = 8

[funds]
unit = "万元"

[[funds.row]]
row = "total"
name = "总额"
adjusted = "10.00"
executed = "8.00"

[[indicator]]
level1 = "产出指标"
level2 = "数量指标"
name = "出车次数"
operator = "≥"
target = "100"
unit = "次"
actual = "80"
weight = 90
score = 90
shortfall = "车辆大修。"
"""
ON = ("--on", "2023-06-30")


def run(*arguments: object, language: str = "zh") -> Result:
    return CliRunner().invoke(build(language), ["rectify", *(str(argument) for argument in arguments)])


def data(*arguments: object) -> dict[str, Any]:
    result = run(*arguments, *ON, "--format", "json")
    assert result.exit_code == 0, result.output
    read: dict[str, Any] = json.loads(result.stdout)
    return read


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return filing(tmp_path, 2022)


def filing(root: Path, year: int) -> Path:
    made = root / str(year)
    (made / "projects").mkdir(parents=True)
    (made / "filing.toml").write_text(MANIFEST.format(year=year), encoding="utf-8")
    if year == 2022:
        (made / "projects" / "01.toml").write_text(PROJECT, encoding="utf-8")
    return made


def files(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def rows(folder: Path) -> list[dict[str, str]]:
    with (folder / RECTIFICATIONS).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def put(folder: Path, changed: list[dict[str, str]]) -> None:
    with (folder / RECTIFICATIONS).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(changed[0]))
        writer.writeheader()
        writer.writerows(changed)


def test_without_saving_nothing_is_written(folder: Path) -> None:
    before = files(folder)
    result = run(folder, *ON)
    assert result.exit_code == 0, result.output
    assert "车辆大修" in result.output
    assert "--save" in result.output
    assert files(folder) == before


def test_saving_adds_the_new_items_and_nothing_else_once(folder: Path) -> None:
    before = files(folder)
    shown = data(folder)
    saved = data(folder, "--save")["saved"]
    assert saved == [item["id"] for item in shown["items"]]
    assert {row["编号"] for row in rows(folder)} == set(saved)
    assert {row["状态"] for row in rows(folder)} == {"待整改"}
    written = files(folder)
    assert {name: written[name] for name in before} == before
    assert data(folder, "--save")["saved"] == []
    assert files(folder) == written


def test_what_a_clerk_typed_stays_to_the_letter(folder: Path) -> None:
    data(folder, "--save")
    typed = rows(folder)
    for row in typed:
        row |= {"问题": f"改写：{row['问题']}", "整改措施": "分季度安排,\n逐车检修", "责任人": "业务部"}
    mine = {**dict.fromkeys(typed[0], ""), "编号": "自填-1", "问题": "“引号”和,逗号", "来源": "审计"}
    put(folder, [mine, *typed[1:]])
    (dropped,) = data(folder, "--save")["saved"]
    assert dropped == typed[0]["编号"]
    assert rows(folder)[:-1] == [{**mine, "状态": "待整改"}, *typed[1:]]


def test_a_list_that_could_not_be_read_whole_is_not_written(folder: Path) -> None:
    text = "编号,问题,状态\n1,书车没有年检,快好了\n"
    (folder / RECTIFICATIONS).write_text(text, encoding="utf-8")
    result = run(folder, "--save", *ON)
    assert result.exit_code == 2
    assert "快好了" in result.stderr
    assert "丢失" in result.stderr
    assert (folder / RECTIFICATIONS).read_text(encoding="utf-8") == text


def test_an_item_found_no_more_is_kept_and_said_to_be_gone(folder: Path) -> None:
    data(folder, "--save")
    project = folder / "projects" / "01.toml"
    project.write_text(PROJECT.replace('actual = "80"', 'actual = "100"'), encoding="utf-8")
    items = {item["source"]: item for item in data(folder)["items"]}
    assert items["指标未完成"]["found_again"] is False
    assert items["预算执行率偏低"]["found_again"] is True
    assert "没有再发现" in run(folder, *ON).output


def test_what_is_said_to_be_done_and_found_again_is_named(folder: Path) -> None:
    data(folder, "--save")
    put(folder, [row | {"状态": "已整改", "整改措施": "改正", "佐证材料": "更正表"} for row in rows(folder)])
    codes = {finding["code"] for finding in data(folder)["findings"]}
    assert codes == {"rectification.still-found"}
    assert "仍然存在" in run(folder, *ON).output


def test_the_day_given_tells_what_is_overdue(folder: Path) -> None:
    text = "编号,问题,整改措施,责任人,完成时限\n1,书车没有年检,送检,业务部,2023年6月29日\n"
    (folder / RECTIFICATIONS).write_text(text, encoding="utf-8")
    late = run(folder, *ON)
    assert "逾期 1" in late.output
    assert "逾期 0" in run(folder, "--on", "2023-06-29").output
    assert [finding["code"] for finding in data(folder)["findings"]] == ["rectification.overdue"]
    wrong = run(folder, "--on", "明天")
    assert wrong.exit_code == 2
    assert "2023-06-30" in wrong.stderr


def test_what_is_open_is_carried_once_with_its_origin(folder: Path, tmp_path: Path) -> None:
    data(folder, "--save")
    listed = rows(folder)
    listed[0] |= {"状态": "已销号", "佐证材料": "更正表"}
    put(folder, listed)
    following = filing(tmp_path, 2023)
    before = files(folder)
    assert data(folder, "--into", following)["carried"] == [row["编号"] for row in listed[1:]]
    assert {row["发现年度"] for row in rows(following)} == {"2022"}
    written = files(following)
    assert data(folder, "--into", following)["carried"] == []
    assert files(following) == written
    assert files(folder) == before
    assert {item["year"] for item in data(following)["items"]} == {2022}


@pytest.mark.parametrize(
    ("year", "name", "said"),
    [(2024, "青山图书馆", "青山图书馆 2023"), (2023, "白水图书馆", "白水图书馆 2023")],
)
def test_items_are_carried_into_the_same_departments_next_year_only(
    folder: Path, tmp_path: Path, year: int, name: str, said: str
) -> None:
    other = filing(tmp_path, year)
    (other / "filing.toml").write_text(
        MANIFEST.format(year=year).replace("青山图书馆", name), encoding="utf-8"
    )
    before = files(tmp_path)
    result = run(folder, "--save", "--into", other, *ON)
    assert result.exit_code == 2
    assert said in result.stderr
    assert files(tmp_path) == before


def test_departments_of_one_name_are_told_apart_by_their_codes(folder: Path, tmp_path: Path) -> None:
    following = filing(tmp_path, 2023)
    for made, code in ((folder, "402001"), (following, "402002")):
        manifest = made / "filing.toml"
        manifest.write_text(manifest.read_text(encoding="utf-8") + f'code = "{code}"\n', encoding="utf-8")
    result = run(folder, "--into", following, *ON)
    assert result.exit_code == 2
    assert "402002" in result.stderr
    assert not (following / RECTIFICATIONS).exists()


def test_grades_and_unspent_money_are_told_for_the_next_budget(folder: Path) -> None:
    (use,) = data(folder)["budget"]
    assert (use["project"], use["grade"], use["unspent"]) == ("流动书车", "优", "2.00万元")
    assert use["suggestion"]["zh"] == "优先保障"
    output = run(folder, *ON).output
    assert "结余交回协会" in output
    assert "评价结果利用率（已制定整改措施的事项÷应制定的）：0÷" in output


def test_a_filing_without_anything_to_rectify_has_no_rate(tmp_path: Path) -> None:
    empty = filing(tmp_path, 2023)
    shown = data(empty)
    assert (shown["items"], shown["use_rate"]) == ([], {"with_measures": 0, "items": 0})
    output = run(empty).output
    assert "不计算" in output
    assert "没有评价等次" in output


def test_a_folder_that_is_no_filing_is_named(tmp_path: Path) -> None:
    assert run(tmp_path / "absent").exit_code == 2


def test_an_example_is_listed_saved_and_read_again_in_english(tmp_path: Path) -> None:
    folder = tmp_path / "example"
    shutil.copytree(data_folder("examples") / "quxian-2022", folder)
    result = run(folder, "--save", *ON, language="en")
    assert result.exit_code == 0, result.output
    assert "added" in result.output
    again = data(folder)
    assert not any(item["new"] for item in again["items"])
    assert len({item["id"] for item in again["items"]}) == len(again["items"]) > 10
    assert all(item["found_again"] for item in again["items"])
    assert {item["project"] for item in again["items"] if item["source"] != "form.unit"} - {None}


def test_a_saved_list_opens_in_a_spreadsheet_as_utf_8(folder: Path) -> None:
    assert run(folder, "--save", *ON).exit_code == 0
    assert (folder / RECTIFICATIONS).read_bytes().startswith(b"\xef\xbb\xbf")
    assert not any(item["new"] for item in data(folder)["items"]), "and it is read again whole"


def test_the_wrong_year_to_carry_into_is_named_in_words(folder: Path, tmp_path: Path) -> None:
    result = run(folder, "--into", filing(tmp_path, 2024), *ON)
    assert result.exit_code == 2
    assert "这是“青山图书馆 2024”的填报数据，结转只能转入“青山图书馆 2023”的。" in result.output.replace(
        "\n", ""
    )
