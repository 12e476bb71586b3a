"""The example filings, and what is rendered of them.

The examples carry figures and no sentences; where one stood, a sentence of any kind is put, so that cells are
long enough to be broken over lines and pages as in a department's own forms.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

from hengjian.filing import Filing, Indicator, Project, Sheet, read_filing
from hengjian.kernel.resources import data_folder
from hengjian.packs import Standards, load_library, standards_for
from hengjian.packs.load import Library
from hengjian.packs.schema import Form
from tests.renderings.publication import Publication, publication_of

ROOT = Path(__file__).resolve().parents[2]
REGIONS = {"lingshou-2021": "河北省石家庄市", "quxian-2022": "四川省达州市"}
NAMES = tuple(REGIONS)

_PLACEHOLDER = "（文字"
_SENTENCE = "按照年度工作安排，资金及时足额到位，各项任务按时完成，参保群众的待遇得到保障"
_LONG = f"{'；'.join([_SENTENCE] * 5)}。"


@cache
def library() -> Library:
    """Return every pack."""
    return load_library(data_folder("packs"))


@cache
def example(name: str) -> Filing:
    """Return an example filing with sentences in the places of its placeholders."""
    filing = read_filing(ROOT / "examples" / name, library())
    forms = standards_for(library(), filing.pack, filing.year).forms
    sheets = {form: _named(sheet, forms[form]) for form, sheet in filing.sheets.items()}
    return replace(filing, sheets=sheets, projects=tuple(map(_worded, filing.projects)))


def standards(name: str) -> Standards:
    """Return the standards that an example is filed under."""
    filing = example(name)
    return standards_for(library(), filing.pack, filing.year)


def _named(sheet: Sheet, form: Form) -> Sheet:
    """Call the rows of a sheet that a text states as its table would."""
    captions = {row.id: row.captions for row in form.rows}
    total = captions.get("total", ())
    named = sheet.rows.get("total", "")
    return replace(sheet, rows={**sheet.rows, "total": total[0]}) if named and "决算" in named else sheet


def _worded(project: Project) -> Project:
    texts = {label: _LONG if text.startswith(_PLACEHOLDER) else text for label, text in project.texts.items()}
    if project.conclusion_score is not None:
        texts["conclusion"] = f"项目自评得分{project.conclusion_score}分，{_LONG}"
    return replace(project, texts=texts, indicators=tuple(map(_described, project.indicators)))


def _described(indicator: Indicator) -> Indicator:
    placed = (indicator.description or "").startswith(_PLACEHOLDER)
    return replace(indicator, description=f"{_SENTENCE}的比例") if placed else indicator


@cache
def publication(name: str) -> Publication:
    """Return an example as its department would publish it."""
    return publication_of(example(name), standards(name), REGIONS[name])
