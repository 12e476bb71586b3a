import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st

from hengjian.authoring import LayoutWriter, PlannedDocument, Skipped, WrittenDocument, write_documents
from hengjian.authoring.grid import lines
from hengjian.documents import Table, read_document
from hengjian.filing import Entity, Filing, Indicator, Project
from hengjian.kernel import Amount, Figure, MoneyUnit, Percent, Quantity
from hengjian.packs.standards import Standards
from tests.unit.authoring import sample
from tests.unit.authoring.reading import row_of, rows, same, texts, written
from tests.unit.authoring.sample import FILING, HALL, LABELS, PENSIONS, PUBLICITY, YEAR

TABLES_OF_A_FORM = 3


def render(*projects: Project, labels: dict[str, str] | None = None) -> Document:
    filing = replace(FILING, projects=projects)
    return docx.Document(BytesIO(sample.rendered(filing, sample.standards(labels))))


def test_every_project_has_its_form_in_a_section_of_its_own() -> None:
    document = render(PENSIONS, PUBLICITY, HALL)
    titles = [p.text for p in document.paragraphs if p.style is not None and p.style.style_id == "FormTitle"]
    assert titles == ["部门预算项目支出绩效自评表（2031 年度）"] * 3
    assert len(document.sections) == 3
    assert len(document.tables) == 3 * TABLES_OF_A_FORM
    names = [rows(document.tables[index])[0][1] for index in (0, 3, 6)]
    assert names == [f"{project.code}-{project.name}" for project in (PENSIONS, PUBLICITY, HALL)]


def test_further_pages_name_their_project() -> None:
    document = render(PENSIONS, HALL)
    for section, project in zip(document.sections, (PENSIONS, HALL), strict=True):
        assert section.different_first_page_header_footer
        head = section.header.paragraphs[0].text
        assert head.startswith(f"续表　{project.code}")
        assert len(head) < 70
        assert section.first_page_header.paragraphs[0].text == ""


def test_pages_are_landscape_and_numbered() -> None:
    document = render(PENSIONS, HALL)
    for section in document.sections:
        assert (section.page_width.mm, section.page_height.mm) == pytest.approx((297, 210), abs=0.1)  # type: ignore[union-attr]
        for footer in (section.footer, section.first_page_footer):
            (line,) = footer.paragraphs
            assert line.style is not None
            assert line.style.style_id == "PageNumber"
            assert written(line.paragraph_format.element) == "— 1 —"
            assert [
                field.get(qn("w:instr")) for field in line.paragraph_format.element.iter(qn("w:fldSimple"))
            ] == [" PAGE "]
        widths = [column.width.mm for column in document.tables[0].columns if column.width]
        assert len(widths) == 11
        assert sum(widths) <= 297 - section.left_margin.mm - section.right_margin.mm + 0.5  # type: ignore[union-attr]


def test_the_head_names_department_and_unit() -> None:
    document = render(PENSIONS)
    expected = ["主管部门", "医疗保障部门", "实施单位（盖章）", "云溪县医疗保障局"]
    assert rows(document.tables[0])[1] == expected
    other = replace(PENSIONS, texts={"unit_stamp": "云溪县经办中心"})
    assert rows(render(other).tables[0])[1] == ["主管部门", "", "实施单位（盖章）", "云溪县经办中心"]


def test_narrative_cells_hold_the_authors_words() -> None:
    document = render(PUBLICITY)
    found = texts(document)
    for text in PUBLICITY.texts.values():
        assert found.count(text) == 1


def test_funds_are_printed_as_the_form_asks() -> None:
    document = render(PUBLICITY)
    total = row_of(document, 0, "总额")
    assert total[1:8] == ["总额", "128.00", "1,120.50", "998.76", "89.14%", "10", "8.91"]
    fiscal = row_of(document, 0, "其中：财政资金")
    assert fiscal[2:8] == ["128.00", "1,020.50", "918.76", "90.03%", "/", "/"]
    assert row_of(document, 0, "其他资金")[2:8] == ["", "", "", "", "/", "/"]
    assert row_of(document, 0, "财政专户管理资金")[2] == "0.00"


def test_a_row_of_funds_is_printed_when_the_form_names_it_or_a_figure_stands_in_it() -> None:
    captions = [row[1] for row in rows(render(PENSIONS).tables[0])]
    assert "本年carry_over" not in captions
    carried = replace(PENSIONS, funds=sample.funds({"total": "5.00 - - -", "carry_over": "5.00 - - -"}))
    assert row_of(render(carried), 0, "本年carry_over")[2:8] == ["5.00", "", "", "", "/", "/"]
    unknown = sample.funds({"total": "5.00 - - -", "lottery": "6.00 - - -"})
    for names, caption in (({"lottery": "彩票公益金"}, "彩票公益金"), ({}, "lottery")):
        document = render(replace(PENSIONS, funds=replace(unknown, rows=names)))
        assert row_of(document, 0, caption)[2:8] == ["6.00", "", "", "", "/", "/"]


def test_figures_are_turned_into_the_forms_unit() -> None:
    values = {
        "initial": Amount.parse("12345678.90", MoneyUnit.YUAN),
        "adjusted": Amount.parse("-0.5", MoneyUnit.WAN_YUAN),
        "executed": Quantity.parse("3", "人"),
        "rate": Percent.parse("7"),
    }
    funds = sample.funds({"total": "- - - -"})
    figures = {
        ("total", column): Figure("performance.funds", "total", column, value)
        for column, value in values.items()
        if value is not None
    }
    document = render(replace(PENSIONS, funds=replace(funds, figures=figures)))
    assert row_of(document, 0, "总额")[2:6] == ["1,234.567890", "-0.5", "3人", "7%"]


def test_blank_stays_blank() -> None:
    bare = Project("空白项目", indicators=(Indicator("", "", "某指标"),))
    document = render(bare)
    assert rows(document.tables[0])[0] == ["项目名称", "空白项目"]
    assert row_of(document, 0, "总额")[2:] == ["", "", "", "", "", "", ""]
    assert row_of(document, 1, "某指标")[1:] == ["", "", "某指标", "", "", "", "", "", "", ""]
    assert row_of(document, 1, "合计")[2:] == ["", "", ""]
    assert not [text for text in texts(document) if text.strip("0.%") != text]


def test_scores_are_those_that_the_filing_states() -> None:
    typed = replace(PENSIONS, execution_score=Decimal("9.50"), stated_score=Decimal("1E+2"))
    document = render(typed)
    assert row_of(document, 0, "总额")[7] == "9.50"
    assert row_of(document, 1, "合计")[2:4] == ["100", "100"]


def test_indicators_are_printed_as_written() -> None:
    document = render(PUBLICITY)
    heads = [head.replace("\n", "") for head in rows(document.tables[1])[0]]
    assert heads[1:] == [
        "一级指标",
        "二级指标",
        "三级指标",
        "指标性质",
        "指标值",
        "度量单位",
        "完成值",
        "权重",
        "得分",
        "未完成原因分析",
    ]
    assert row_of(document, 1, "宣传资料发放数量")[3:] == [
        "宣传资料发放数量", "≥", "100000", "份", "120000", "6", "6", ""
    ]  # fmt: skip
    assert row_of(document, 1, "追回违规基金")[4:8] == ["定性", "有效震慑", "", "有效震慑"]
    assert row_of(document, 1, "定点医药机构满意度")[4:] == ["≥", "90", "%", "", "4", "", ""]


def test_equal_neighbours_of_a_level_share_a_cell() -> None:
    first = Indicator("产出指标", "数量指标", "甲")
    others = (
        replace(first, name="乙"),
        replace(first, level1="效益指标", name="丙"),
        replace(first, name="丁"),
    )
    table = render(replace(PENSIONS, indicators=(first, *others))).tables[1]
    for level in (1, 2):
        cells = [table.cell(row, level) for row in range(1, 5)]
        assert [same(above, below) for above, below in pairwise(cells)] == [True, False, False]


def test_blank_levels_share_nothing() -> None:
    blank = Indicator("", "", "甲")
    table = render(replace(PENSIONS, indicators=(blank, replace(blank, name="乙")))).tables[1]
    assert not same(table.cell(1, 1), table.cell(2, 1))


def test_the_heads_of_the_indicators_stand_on_each_further_page() -> None:
    document = render(PUBLICITY)
    table, xml = document.tables[1], document.element.body.findall(qn("w:tbl"))[1]
    repeated = [
        row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in xml.findall(qn("w:tr"))
    ]
    assert repeated == [True] + [False] * (len(PUBLICITY.indicators) + 1)
    assert not same(table.cell(0, 0), table.cell(1, 0))


def style_of(document: Document, table: int) -> str | None:
    style = document.tables[table].cell(0, 0).paragraphs[0].style
    return None if style is None else style.style_id


def test_the_small_type_is_taken_when_only_that_fits_the_page() -> None:
    document = render(PENSIONS, HALL, PUBLICITY)
    assert [style_of(document, index) for index in (0, 3, 6)] == ["FormHead", "FormHeadSmall", "FormHead"]
    assert style_of(document, 5) == "FormHeadSmall"


def test_names_are_left_for_the_signature() -> None:
    signed = replace(PENSIONS, texts={"project_head": "张三", "finance_head": "李四"})
    assert rows(render(signed).tables[2])[-1] == ["项目负责人：", "财务负责人："]


def test_every_figure_of_the_filing_is_printed_once() -> None:
    document = render(PUBLICITY)
    expected: Counter[str] = Counter()
    assert PUBLICITY.funds is not None
    for figure in PUBLICITY.funds.figures.values():
        expected[str(figure.value) if isinstance(figure.value, Percent) else figure.value.text] += 1  # type: ignore[union-attr]
    for indicator in PUBLICITY.indicators:
        expected.update(str(n) for n in (indicator.weight, indicator.score) if n is not None)
        expected.update(text for text in (indicator.target, indicator.actual) if text)
    project = (PUBLICITY.execution_weight, PUBLICITY.execution_score)
    expected.update(str(n) for n in (*project, PUBLICITY.stated_weight, PUBLICITY.stated_score))
    printed = Counter(texts(document))
    assert {text: printed[text] for text in expected} == dict(expected)
    numbers = {text for text in printed if text and text[0].isdigit() and set(text) <= set("0123456789.,%")}
    assert numbers <= expected.keys()


def test_same_filing_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    first = sample.rendered(FILING, sample.standards())
    monkeypatch.setattr(time, "time", lambda: 2_000_000_000.0)
    monkeypatch.setattr(time, "localtime", lambda *_: time.gmtime(2_000_000_000))
    assert sample.rendered(FILING, sample.standards()) == first


def test_properties_name_the_entity_and_no_day_but_the_years_last() -> None:
    properties = render(PENSIONS).core_properties
    assert properties.author == properties.last_modified_by == "云溪县医疗保障局"
    assert properties.title == "云溪县医疗保障局2031年度项目支出绩效自评表"
    assert properties.created == properties.modified
    assert properties.created is not None
    assert properties.created.date().isoformat() == "2031-12-31"
    data = sample.rendered(FILING, sample.standards())
    with ZipFile(BytesIO(data)) as archive:
        assert {item.date_time for item in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not [name for name in archive.namelist() if "thumbnail" in name or "customXml" in name]


def test_fonts_are_named_with_fall_backs_and_not_shipped() -> None:
    data = sample.rendered(FILING, sample.standards())
    with ZipFile(BytesIO(data)) as archive:
        styles = archive.read("word/styles.xml").decode()
        fonts = archive.read("word/fontTable.xml").decode()
        assert not [name for name in archive.namelist() if name.endswith((".odttf", ".ttf"))]
    for font in ("方正小标宋简体", "仿宋_GB2312", "黑体", "宋体"):
        assert f'w:eastAsia="{font}"' in styles
        assert f'w:name="{font}"' in fonts
    assert fonts.count("w:altName") == fonts.count("<w:font ")


strange = st.text(st.characters(codec=None), max_size=300) | st.sampled_from(
    ["\x00\x0b\x1f", "<a>&b;]]>", "=1+1", "\ud800", "长" * 3000, "a" * 5000, "\u202e\ufeff", "\n\n"]
)


@given(strange)
def test_strange_texts_are_safe(text: str) -> None:
    indicator = Indicator(text, text, text, "≥", text, text, text, Decimal(1), Decimal(1), text)
    project = Project(text, text, indicators=(indicator,), texts=dict.fromkeys(LABELS, text))
    filing = Filing(Entity(text), YEAR, "demo", "self_evaluation", projects=(project,))
    (planned,) = LayoutWriter(sample.LAYOUT).plan(filing, sample.standards())
    assert isinstance(planned, PlannedDocument)
    assert len(planned.file_name.encode()) <= 200
    document = docx.Document(BytesIO(planned.render()))
    assert "\n".join(lines(text)) in texts(document)


def without(*, wording: bool = False, form: bool = False, label: str | None = None) -> Standards:
    found = sample.standards({k: v for k, v in LABELS.items() if k != label})
    return replace(
        found,
        wordings={} if wording else found.wordings,
        forms={} if form else found.forms,
    )


@pytest.mark.parametrize(
    ("lack", "projects", "reason"),
    [
        (lambda: without(wording=True), FILING.projects, "没有2031年度这张表的格式"),
        (lambda: without(form=True), FILING.projects, "没有2031年度这张表的格式"),
        (lambda: without(label="level3"), FILING.projects, "level3"),
        (sample.standards, (), "没有填报"),
        (sample.standards, (Project("只有名称"),), "没有填报"),
    ],
)
def test_what_is_missing_is_said(
    lack: Callable[[], Standards], projects: Sequence[Project], reason: str
) -> None:
    filing = replace(FILING, projects=tuple(projects))
    (planned,) = LayoutWriter(sample.LAYOUT).plan(filing, lack())
    assert isinstance(planned, Skipped)
    assert reason in planned.reason.zh
    assert planned.reason.en


def test_a_budget_has_nothing_to_evaluate() -> None:
    (planned,) = LayoutWriter(sample.LAYOUT).plan(replace(FILING, kind="budget"), sample.standards())
    assert isinstance(planned, Skipped)
    assert "预算尚未执行" in planned.reason.zh


def test_the_projects_own_reader_reads_it_back(tmp_path: Path) -> None:
    (written,) = write_documents(FILING, sample.standards(), tmp_path)
    assert isinstance(written, WrittenDocument)
    path = written.path
    tables = [block for block in read_document(path).blocks if isinstance(block, Table)]
    assert [table.width for table in tables] == [11] * 9
    assert [table.caption for table in tables[::3]] == ["部门预算项目支出绩效自评表（2031 年度）"] * 3
    for project, table in zip(FILING.projects, tables[1::3], strict=True):
        expected = [
            (i.level1, i.level2, i.name, i.actual or "", str(i.score or "")) for i in project.indicators
        ]
        read = [(row[1], row[2], row[3], row[7], row[9]) for row in table.texts(repeat=True)[1:-1]]
        assert read == expected


def test_labels_of_the_wording_are_printed() -> None:
    labels = LABELS | {"indicators": "产出与效果", "finance_head": "填表人："}
    document = render(PENSIONS, labels=labels)
    assert rows(document.tables[1])[0][0] == "产出与\n效果"
    assert rows(document.tables[2])[-1][1] == "填表人："
