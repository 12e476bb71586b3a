"""The national classifications: names of the editions, and codes followed from one edition to another."""

from collections import Counter

import pytest

from hengjian.kernel import FiscalYear
from hengjian.kernel.resources import data_folder
from hengjian.packs import Library, load_library, standards_for
from hengjian.packs.crosswalk import follow

YEARS = range(2018, 2027)


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library(data_folder("packs"))


def named(library: Library, scheme: str, code: str, year: int) -> str | None:
    item = standards_for(library, "cn/national", FiscalYear(year)).schemes[scheme].items.get(code)
    return None if item is None else item.name


@pytest.mark.parametrize(
    ("scheme", "code", "year", "name"),
    [
        ("functional", "2010301", 2025, "行政运行"),
        ("functional", "2013901", 2024, "行政运行"),
        ("functional", "2013999", 2024, "其他社会工作事务支出"),
        ("functional", "20139", 2023, None),
        ("functional", "2080599", 2019, "其他行政事业单位离退休支出"),
        ("functional", "2080599", 2025, "其他行政事业单位养老支出"),
        ("functional", "21305", 2020, "扶贫"),
        ("functional", "21305", 2022, "巩固脱贫衔接乡村振兴"),
        ("functional", "21305", 2024, "巩固脱贫攻坚成果衔接乡村振兴"),
        ("functional", "2130550", 2024, "事业运行"),
        ("functional", "2082602", 2022, "财政对城乡居民基本养老保险基金的补助"),
        ("functional", "2101502", 2018, None),
        ("functional", "2101502", 2019, "一般行政管理事务"),
        ("functional", "2170404", 2024, None),
        ("functional", "2170404", 2025, "中央金融机构注资特别国债支出"),
        ("functional", "2210203", 2025, "购房补贴"),
        ("functional", "2230105", 2022, "国有企业退休人员社会化管理补助支出"),
        ("economic_department", "30311", 2018, "代缴社会保险费"),
        ("economic_department", "39906", 2020, None),
        ("economic_department", "39909", 2020, "经常性赠与"),
        ("economic_government", "50601", 2022, "资本性支出（一）"),
        ("economic_government", "50905", 2022, "离退休费"),
    ],
)
def test_a_code_bears_the_name_of_its_edition(
    library: Library, scheme: str, code: str, year: int, name: str | None
) -> None:
    assert named(library, scheme, code, year) == name


@pytest.mark.parametrize(
    ("scheme", "code", "years", "codes"),
    [
        ("functional", "2089901", (2018, 2026), ("2089999",)),
        ("functional", "2080504", (2019, 2020), ("2080501",)),
        ("functional", "2101203", (2020, 2021), ("2101202",)),
        ("functional", "2101001", (2018, 2019), ("2013801",)),
        ("functional", "2100601", (2022, 2024), ("2101704",)),
        ("functional", "2080204", (2018, 2026), ("2082804",)),
        ("functional", "2080804", (2018, 2026), ("2080807", "2080808")),
        ("functional", "2082201", (2023, 2024), ("2137201",)),
        ("functional", "2101501", (2019, 2026), ("2101501",)),
        ("economic_department", "30311", (2017, 2026), ("30113",)),
        ("economic_department", "39906", (2019, 2022), ("39909", "39910")),
        ("economic_government", "50801", (2018, 2026), ("50803", "50805", "50899")),
    ],
)
def test_a_code_is_followed(
    library: Library, scheme: str, code: str, years: tuple[int, int], codes: tuple[str, ...]
) -> None:
    walks = standards_for(library, "cn/national", FiscalYear(2026)).crosswalks
    assert follow(walks, scheme, code, *years).codes == codes


def test_what_a_code_becomes_is_in_the_edition(library: Library) -> None:
    """From each edition every code leads into each later one, or was dropped."""
    editions = {year: standards_for(library, "cn/national", FiscalYear(year)) for year in YEARS}
    walks = editions[YEARS[0]].crosswalks
    for scheme in ("functional", "economic_department", "economic_government"):
        for code in editions[2018].schemes[scheme].items:
            for year in YEARS:
                reached = follow(walks, scheme, code, 2018, year).codes
                assert set(reached) <= set(editions[year].schemes[scheme].items), (code, year)


@pytest.mark.parametrize("year", YEARS)
def test_names_repeat_only_where_the_classification_repeats_them(library: Library, year: int) -> None:
    """Two items of one section never bear one name."""
    items = standards_for(library, "cn/national", FiscalYear(year)).schemes["functional"].items.values()
    lone = {"99", "01"}
    names = Counter((item.code[:5], item.name) for item in items if len(item.code) == 7)
    doubled = {key for key, count in names.items() if count > 1}
    assert all(
        {item.code[5:] for item in items if (item.code[:5], item.name) == key and len(item.code) == 7} == lone
        for key in doubled
    )
    assert year == 2020 or not doubled


def test_the_classifications_are_of_the_size_of_the_editions(library: Library) -> None:
    standards = standards_for(library, "cn/national", FiscalYear(2025))
    sizes = {scheme: len(standards.schemes[scheme].items) for scheme in standards.schemes}
    assert sizes["functional"] > 1500
    assert sizes["economic_department"] >= 110
    assert sizes["economic_government"] > 70
