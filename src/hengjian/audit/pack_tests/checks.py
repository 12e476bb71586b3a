"""What a case comes to, for each kind of item: through the same code as filings and documents."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from hengjian.audit.form_tables import sheets_from
from hengjian.audit.pack_tests.case_sheets import sheets_of
from hengjian.audit.pack_tests.drawing import drawn
from hengjian.audit.pack_tests.monitoring_checks import check_monitoring
from hengjian.audit.pack_tests.result import FaultyCaseError, Result
from hengjian.audit.pack_tests.score_checks import check_indicator, check_prompt, check_score
from hengjian.audit.resolve import resolve
from hengjian.documents import DocumentTree
from hengjian.filing import OVERALL_FUNDS, OVERALL_INDICATORS, PROJECT_FUNDS, Sheet, derived_sheets
from hengjian.filing.sheets import read_measure
from hengjian.kernel import Measure, NotANumberError, Outcome, Text
from hengjian.packs import Library, Scheme, Standards, squeeze
from hengjian.packs.cases import Cells, Drawing, ResultCase
from hengjian.packs.crosswalk import Crosswalk
from hengjian.packs.form_set import FormSet
from hengjian.packs.indicator_library import IndicatorLibrary
from hengjian.packs.layout import Layout, words_of
from hengjian.packs.library_search import LibraryIndex
from hengjian.packs.result_use import ResultUse
from hengjian.packs.schema import Form, Rule, Wording
from hengjian.rules import check_sheets

_BY_WEIGHT = (Outcome.FAIL, Outcome.NOT_EVALUABLE, Outcome.PASS, Outcome.NOT_APPLICABLE)
_NEW = "new"
_PERFORMANCE = frozenset({"self_evaluation", "targets"})
_LOOKED_FOR = frozenset({PROJECT_FUNDS, OVERALL_FUNDS, OVERALL_INDICATORS})
_NO_CELL = Text("表样没有“{column}”栏", "the form has no column {column}")
_NO_FIGURE = Text("“{text}”不是数", "{text} is no figure")
_NO_SHEET = Text("用例里没有这条关系的表", "no form of the rule is in the case")
_NOT_READ = Text("没有读出这张表", "the form was not read")
_READ = Text("读出：{cells}", "read: {cells}")
_NAMED = Text("{year}年{code}是“{name}”", "in {year}, {code} is {name}")
_NO_CODE = Text("{year}年没有{code}", "there is no {code} in {year}")
_BECAME = Text("{old} → {new}", "{old} → {new}")
_IN_SET = Text("应依次为：{forms}", "the order is: {forms}")
_FOLLOWS = Text("按规定：{words}", "what follows: {words}")
_PRINTED = Text("表上印的是：{texts}", "the form prints: {texts}")
_SEARCHED = Text("查“{query}”得到：{found}", "“{query}” finds: {found}")
_LABELS = Text("“{label}”写作：{texts}", "{label} is written: {texts}")


@dataclass(frozen=True, slots=True)
class Bench:
    """What cases are tried under: the packs, and the standards of one in the year of the cases."""

    library: Library
    standards: Standards

    def items(self, kind: str) -> Mapping[str, Any]:
        """Return what the standards have of a kind, by id."""
        of = self.standards
        crosswalks = {item.key: item for item in of.crosswalks if item.holds_in(of.year)}
        found: dict[str, Mapping[str, Any]] = {
            "codes": of.schemes,
            "crosswalks": crosswalks,
            "forms": of.forms,
            "form_sets": of.form_sets,
            "rules": of.rules,
            "rubrics": of.rubrics,
            "indicators": of.vocabularies,
            "wording": of.wordings,
            "monitoring": of.monitoring,
            "indicator_libraries": of.indicator_libraries,
            "layouts": of.layouts,
            "result_uses": of.result_uses,
        }
        return found[kind]


Check = Callable[[Any, Any, Bench], Result]


def check_rule_case(rule: Rule, cells: Cells, bench: Bench) -> Result:
    """Check the sheets of a case against the rule alone; the worst verdict counts."""
    alone = replace(bench.standards, rules={rule.id: rule})
    verdicts = check_sheets(alone, sheets_of(cells, rule, bench.standards))
    if not verdicts:
        return Result(Outcome.NOT_APPLICABLE, _NO_SHEET)
    worst = min(verdicts, key=lambda verdict: _BY_WEIGHT.index(verdict.outcome))
    return Result(worst.outcome, worst)


def check_code(scheme: Scheme, named: tuple[str, str | None], bench: Bench) -> Result:
    """Tell whether a code bears a name in the year; without a name, whether it is there."""
    code, name = named
    item = scheme.items.get(code)
    if item is None:
        return Result.of(holds=False, why=_NO_CODE.filled(year=bench.standards.year, code=code))
    why = _NAMED.filled(year=bench.standards.year, code=code, name=item.name)
    return Result.of(holds=name is None or squeeze(name) == squeeze(item.name), why=why)


def check_step(crosswalk: Crosswalk, step: tuple[str, Sequence[str]], _: Bench) -> Result:
    """Tell whether a code of the edition before became these codes; all that is not listed stayed."""
    old, new = step
    if old == _NEW:
        became = [code for change in crosswalk.changes if change.kind == "new" for code in change.new]
        return Result.of(holds=set(new) <= set(became), why=_became(old, became))
    changes = [change for change in crosswalk.changes if old in change.old]
    became = [code for change in changes for code in change.new] if changes else [old]
    return Result.of(holds=sorted(new) == sorted(set(became)), why=_became(old, became))


def _became(old: str, new: Sequence[str]) -> Text:
    return _BECAME.filled(old=old, new="、".join(new) or "—")


def check_form(form: Form, material: Drawing | str, bench: Bench) -> Result:
    """Read a drawn document; it holds the form when the form's cells are read from it, and no others."""
    drawing = material if isinstance(material, Drawing) else None
    sheet = _sheet(form, drawn(drawing.text if drawing is not None else str(material)), bench)
    if sheet is None or not sheet.figures:
        return Result.of(holds=False, why=_NOT_READ)
    read = {cell: figure.value for cell, figure in sheet.figures.items()}
    return Result.of(holds=drawing is None or read == _stated(drawing, form), why=_shown(sheet))


def _sheet(form: Form, tree: DocumentTree, bench: Bench) -> Sheet | None:
    """Return what the audit reads of the form.

    A form of performance that the audit does not look for in documents is looked for by its captions alone.
    """
    of = bench.standards
    if form.kind in _PERFORMANCE and form.form not in _LOOKED_FOR:
        alone = replace(of, forms={form.form: form.model_copy(update={"kind": "budget"})})
        return sheets_from(tree, alone).sheets.get(form.form)
    filing = resolve(tree, bench.library, of.pack, of.year.year).filing
    if form.form == PROJECT_FUNDS:
        return next((project.funds for project in filing.projects), None)
    return derived_sheets(filing, of).get(form.form)


def _stated(drawing: Drawing, form: Form) -> dict[tuple[str, str], Measure]:
    stated: dict[tuple[str, str], Measure] = {}
    for row, cells in drawing.cells.items():
        for column_id, text in cells.items():
            column = form.column(column_id)
            if column is None:
                raise FaultyCaseError(_NO_CELL.filled(column=column_id))
            try:
                value = read_measure(text, column, form.unit)
            except NotANumberError:
                value = None
            if value is None:
                raise FaultyCaseError(_NO_FIGURE.filled(text=text))
            stated[row, column_id] = value
    return stated


def _shown(sheet: Sheet) -> Text:
    cells = "，".join(f"[{row}].{column} {figure.value}" for (row, column), figure in sheet.figures.items())
    return _READ.filled(cells=cells)


def check_form_set(form_set: FormSet, forms: Sequence[str], bench: Bench) -> Result:
    """Tell whether a publication with these forms is whole and in order, and has only forms of the year."""
    left = [each for each in form_set.forms if each.form in forms or not each.optional]
    whole = [each.form for each in left] == list(forms) and bench.standards.forms.keys() >= set(forms)
    return Result.of(holds=whole, why=_IN_SET.filled(forms="、".join(each.form for each in form_set.forms)))


def check_words(wording: Wording, material: str | tuple[str, str], bench: Bench) -> Result:
    """Tell whether a text is guidance or, with a label, whether documents write the label so."""
    if isinstance(material, str):
        return check_prompt(wording, material, bench.standards)
    label, text = material
    texts = {squeeze(each) for each in wording.labels.get(label, "").split("|")}
    why = _LABELS.filled(label=label, texts=" | ".join(sorted(texts)))
    return Result.of(holds=squeeze(text) in texts, why=why)


def check_result(use: ResultUse, case: ResultCase, _: Bench) -> Result:
    """Tell whether the standards suggest so, have the rate explained, or use unspent money so."""
    if case.execution is not None:
        below = use.execution_below
        holds = below is not None and case.execution < below
        return Result.of(holds=holds, why=_FOLLOWS.filled(words=f"< {below} %" if below is not None else "—"))
    words = use.unspent if case.grade is None else use.suggestion(case.grade)
    said = case.unspent if case.grade is None else case.suggestion
    return Result.of(holds=words is not None and words.zh == said, why=_FOLLOWS.filled(words=words or "—"))


def check_layout(layout: Layout, text: str, bench: Bench) -> Result:
    """Tell whether a form prints a text: its title, or the words of one of its labels."""
    wording = bench.standards.wordings[layout.wording]
    words = sorted(words_of(wording, label) for label in layout.labels)
    return Result.of(holds=text in words, why=_PRINTED.filled(texts="、".join(words)))


def check_found(items: IndicatorLibrary, asked: tuple[str, str], bench: Bench) -> Result:
    """Tell whether words find an indicator of the library first."""
    query, wanted = asked
    index = LibraryIndex(tuple(items.sourced), items.ledgers, bench.standards.library_index.matching)
    found = [f"{match.indicator.id} {match.indicator.name}" for match in index.search(query, 3)]
    holds = bool(found) and found[0].split()[0] == wanted
    return Result.of(holds=holds, why=_SEARCHED.filled(query=query, found="、".join(found) or "—"))


CHECKS: dict[str, Check] = {
    "rules": check_rule_case,
    "codes": check_code,
    "crosswalks": check_step,
    "forms": check_form,
    "form_sets": check_form_set,
    "rubrics": lambda rubric, case, bench: check_score(rubric, case, bench.standards),
    "indicators": lambda vocabulary, case, bench: check_indicator(vocabulary, case, bench.standards),
    "wording": check_words,
    "monitoring": lambda rule, case, bench: check_monitoring(rule, case, bench.standards),
    "indicator_libraries": check_found,
    "layouts": check_layout,
    "result_uses": check_result,
}
"""The check of each kind of item: what was found of it, a case's material and the bench."""
