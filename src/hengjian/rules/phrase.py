"""Say an identity in the captions of its forms, without numbers."""

from __future__ import annotations

from dataclasses import dataclass

from hengjian.kernel import Text
from hengjian.packs import Standards
from hengjian.rules.bind import BoundRule
from hengjian.rules.syntax import (
    And,
    Arithmetic,
    CellRef,
    Children,
    Classes,
    CodeRow,
    Comparison,
    Condition,
    Constant,
    Expression,
    NamedRow,
    Negation,
    Not,
    Or,
    Reference,
    Relation,
    Stated,
    SumOver,
)

_SIGNS: dict[Relation, str] = {"==": "=", "<=": "≤", ">=": "≥", "<": "<", ">": ">"}
_OPERATORS = {"+": "+", "-": "−", "*": "×", "/": "÷"}
_SUMS = {
    Children: Text("下级科目之和", "the codes below it"),
    Classes: Text("各类之和", "all classes"),
}
_PARTS = Text("“{row}”各组成项之和", "the parts of {row}")
_SUM_IN = Text("{form}{column}的{rows}", "{form}{column} of {rows}")
_ALIKE = Text("{caption}（{which}）", "{caption} ({which})")
_SIDES = {"income": Text("收入", "income"), "expenditure": Text("支出", "expenditure")}
_PARENT = Text("上级科目", "a code")
_SAME_ROW = Text("同一行", "same row")
_TITLE = Text("《{title}》", "{title}: ")
_EACH = {
    "row": Text("（逐行）", " (every row)"),
    "column": Text("（逐栏）", " (every column)"),
    "parent": Text("（逐个上级科目、逐栏）", " (every code with codes below it, every column)"),
    None: Text("", ""),
}
_STATED = Text("{cell}有数", "{cell} is stated")
_NOT_STATED = Text("{cell}空白", "{cell} is blank")
_NOT = Text("并非（{inner}）", "not ({inner})")
_AND, _OR = Text("，并且", " and "), Text("，或者", " or ")


def assertion_in_words(bound: BoundRule, standards: Standards) -> Text:
    """Return what a rule states, in the captions of forms, rows and columns."""
    each = _EACH[bound.rule.each]
    words = (_Phrases(bound, standards, language).condition(bound.assertion) for language in ("zh", "en"))
    zh, en = words
    return Text(zh + each.zh, en + each.en)


def condition_in_words(bound: BoundRule, standards: Standards) -> Text | None:
    """Return where a rule holds; None when everywhere."""
    where = bound.where
    if where is None:
        return None
    return Text(*(_Phrases(bound, standards, language).condition(where) for language in ("zh", "en")))


@dataclass(frozen=True, slots=True)
class _Phrases:
    """The phrases of one rule in one language."""

    bound: BoundRule
    standards: Standards
    language: str

    def condition(self, node: Condition) -> str:
        match node:
            case Comparison(relation, left, right):
                return f"{self.expression(left)} {_SIGNS[relation]} {self.expression(right)}"
            case Stated(cell):
                return _STATED.filled(cell=self.cell(cell))[self.language]
            case Not(Stated(cell)):
                return _NOT_STATED.filled(cell=self.cell(cell))[self.language]
            case Not(inner):
                return _NOT.filled(inner=self.condition(inner))[self.language]
            case And(conditions):
                return _AND[self.language].join(self._bracketed(each) for each in conditions)
            case Or(conditions):
                return _OR[self.language].join(self._bracketed(each) for each in conditions)

    def _bracketed(self, node: Condition) -> str:
        words = self.condition(node)
        return f"({words})" if isinstance(node, And | Or) else words

    def expression(self, node: Expression) -> str:
        match node:
            case Constant(value):
                return f"{value:,}"
            case Negation(operand):
                return f"−{self._factor(operand, bracket_products=True)}"
            case Arithmetic():
                return self._arithmetic(node)
            case SumOver():
                return self._sum(node)
            case CellRef():
                return self.cell(node)

    def _arithmetic(self, node: Arithmetic) -> str:
        adds = node.operator in ("+", "-")
        left = self.expression(node.left) if adds else self._factor(node.left, bracket_products=False)
        if node.operator == "+":
            right = self.expression(node.right)
        else:
            right = self._factor(node.right, bracket_products=not adds)
        return f"{left} {_OPERATORS[node.operator]} {right}"

    def _factor(self, node: Expression, *, bracket_products: bool) -> str:
        words = self.expression(node)
        joined = isinstance(node, Arithmetic) and (node.operator in ("+", "-") or bracket_products)
        return f"({words})" if joined or isinstance(node, Negation) else words

    def cell(self, ref: CellRef) -> str:
        """Return a cell's form where the rule has others, its row and its column."""
        parts = [self._row(ref), self._column(ref)]
        return self._form(ref) + " ".join(part for part in parts if part)

    def _sum(self, ref: SumOver) -> str:
        rows = ref.rows
        if isinstance(rows, Children | Classes):
            words = _SUMS[type(rows)]
        else:
            words = _PARTS.filled(row=self._caption(str(ref.form), rows.of))
        form, column = self._form(ref), self._column(ref)
        if column:
            return _SUM_IN.filled(form=form, column=column, rows=words)[self.language]
        return form + words[self.language]

    def _row(self, ref: CellRef) -> str:
        match ref.row:
            case NamedRow(row):
                return self._caption(str(ref.form), row)
            case CodeRow(code):
                return self._code(str(ref.form), code)
        if ref.column is None:
            return _PARENT[self.language]
        own = self.bound.form is not None and ref.form == self.bound.form.form
        return "" if own else _SAME_ROW[self.language]

    def _form(self, ref: Reference) -> str:
        form = self.bound.forms[str(ref.form)]
        own = self.bound.form is not None and form.form == self.bound.form.form
        if own or (self.bound.form is None and len(self.bound.forms) == 1):
            return ""
        return _TITLE.filled(title=form.title)[self.language]

    def _column(self, ref: Reference) -> str:
        column = None if ref.column is None else self.bound.forms[str(ref.form)].column(ref.column)
        return column.captions[0] if column is not None else ""

    def _caption(self, form: str, row: str) -> str:
        """Return a row's caption, with what it is a part of, or its side, if another is called alike."""
        rows = self.bound.forms[form].rows
        found = next((each for each in rows if each.id == row), None)
        if found is None:
            return row
        caption = found.captions[0]
        if sum(each.captions[0] == caption for each in rows) == 1:
            return caption
        whole = next((each.captions[0] for each in rows if each.id == found.of_which), None)
        which = whole or (_SIDES[found.side][self.language] if found.side is not None else row)
        return _ALIKE.filled(caption=caption, which=which)[self.language]

    def _code(self, form: str, code: str) -> str:
        rows = self.bound.forms[form].code_rows
        scheme = self.standards.schemes.get(rows.scheme) if rows is not None else None
        item = scheme.items.get(code) if scheme is not None else None
        return f"{code} {item.name}" if item is not None else code
