from pathlib import Path

import pytest

from hengjian.kernel import Code, FiscalYear, InputError, PackError
from hengjian.packs import load_library, standards_for
from tests.unit.packs.pack_maker import CODES, FORM, rubric, write_pack

RENAMED = CODES.replace("name: 图书, from: 2018", "name: 图书, from: 2018, to: 2020") + (
    '  - {code: "10101", name: 书籍, aliases: [图 书], from: 2021}\n'
)


def test_a_name_belongs_to_its_years(tmp_path: Path) -> None:
    write_pack(tmp_path, files={"codes/purpose.yaml": RENAMED})
    library = load_library(tmp_path)
    old = standards_for(library, "city", FiscalYear(2020)).schemes["purpose"]
    new = standards_for(library, "city", FiscalYear(2021)).schemes["purpose"]
    assert (old.items["10101"].name, new.items["10101"].name) == ("图书", "书籍")
    assert (old.code("10101"), new.code("10101")) == (
        Code("purpose", 2020, "10101"),
        Code("purpose", 2021, "10101"),
    )
    assert old.code("10199") is None
    assert new.by_name["图书"] == ("10101",)
    assert "书籍" not in old.by_name


def test_before_the_first_edition_nothing_holds(tmp_path: Path) -> None:
    write_pack(tmp_path, files={"codes/purpose.yaml": CODES, "forms/list.yaml": FORM})
    standards = standards_for(load_library(tmp_path), "city", FiscalYear(2017))
    assert standards.forms == {}
    assert standards.schemes["purpose"].items == {}


def test_a_pack_overrides_what_it_inherits(tmp_path: Path) -> None:
    write_pack(
        tmp_path,
        "nation",
        {"codes/purpose.yaml": CODES, "forms/list.yaml": FORM, "rubrics/p.yaml": rubric()},
    )
    write_pack(
        tmp_path,
        "nation/city",
        {
            "forms/list.yaml": FORM.replace("支出表", "本市支出表").replace("from: 2018", "from: 2020"),
            "rubrics/p.yaml": rubric(grades="[{name: 优秀, from: 85}, {name: 较差, from: 0}]"),
        },
        inherits="nation",
    )
    library = load_library(tmp_path)
    city = standards_for(library, "nation/city", FiscalYear(2022))
    assert city.forms["demo.list"].title.zh == "本市支出表"
    assert set(city.schemes) == {"purpose"}
    found = city.rubric_for("project")
    assert found is not None
    assert found.grades[0].name == "优秀"
    nation = standards_for(library, "nation", FiscalYear(2022)).rubric_for("project")
    assert nation is not None
    assert nation.grades[0].name == "优"
    before = standards_for(library, "nation/city", FiscalYear(2019))
    assert before.forms["demo.list"].title.zh == "支出表"
    assert city.rubric_for("department") is None


def test_codes_of_a_pack_are_added_to_those_it_inherits(tmp_path: Path) -> None:
    head, _, _ = CODES.partition("items:\n")
    items = '  - {code: "10102", name: 期刊, from: 2018}\n  - {code: "10101", name: 书, from: 2018}\n'
    write_pack(tmp_path, "nation", {"codes/purpose.yaml": CODES})
    write_pack(tmp_path, "city", {"codes/purpose.yaml": f"{head}items:\n{items}"}, inherits="nation")
    scheme = standards_for(load_library(tmp_path), "city", FiscalYear(2022)).schemes["purpose"]
    assert {code: item.name for code, item in scheme.items.items()} == {
        "101": "馆藏",
        "10101": "书",
        "10102": "期刊",
    }


def test_an_unknown_pack_is_the_users_mistake(tmp_path: Path) -> None:
    write_pack(tmp_path)
    with pytest.raises(InputError) as caught:
        standards_for(load_library(tmp_path), "town", FiscalYear(2022))
    assert caught.value.code == "input.unknown-pack"


def test_a_circle_is_the_pack_authors_mistake(tmp_path: Path) -> None:
    write_pack(tmp_path, "a", inherits="b")
    write_pack(tmp_path, "b", inherits="a")
    with pytest.raises(PackError, match="inherits from itself"):
        standards_for(load_library(tmp_path), "a", FiscalYear(2022))


def test_prompts_of_all_wordings_are_collected(tmp_path: Path) -> None:
    signed = "from: 2018\nbasis: 通知\nverified: true\n"
    write_pack(tmp_path, "nation", {"wording/a.yaml": f"wording: prompts\nprompts: [甲]\n{signed}"})
    write_pack(
        tmp_path, "city", {"wording/b.yaml": f"wording: more\nprompts: [乙, 丙]\n{signed}"}, inherits="nation"
    )
    standards = standards_for(load_library(tmp_path), "city", FiscalYear(2022))
    assert standards.prompts == ("甲", "乙", "丙")
    assert standards.vocabulary is None
