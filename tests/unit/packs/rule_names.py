"""The names that a rule speaks of, held against the forms: a check of data, not of the rule language."""

import ast
from collections.abc import Iterator

from hengjian.filing import LAST_YEAR_PREFIX
from hengjian.packs import Standards
from hengjian.packs.schema import Form, Rule


def unknown_names(rule: Rule, standards: Standards) -> list[str]:
    """Return what a rule names and the standards do not have."""
    texts = [text for text in (rule.asserts, rule.where) if text is not None]
    return [name for text in texts for name in _unknown(ast.parse(text, mode="eval").body, rule, standards)]


def _chain(node: ast.expr) -> str | None:
    """Return a dotted name, or None."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        before = _chain(node.value)
        return None if before is None else f"{before}.{node.attr}"
    return None


def _unknown(node: ast.expr, rule: Rule, standards: Standards) -> Iterator[str]:
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Subscript):
        yield from _cell(node.value, node.attr, rule, standards)
        return
    name = _chain(node)
    if name is not None:
        if not _is_bare_name(name, rule, standards):
            yield name
        return
    children = node.args if isinstance(node, ast.Call) else ast.iter_child_nodes(node)
    if isinstance(node, ast.Call):
        called = _chain(node.func)
        if called not in ("sum", "stated", "parts"):
            yield f"{called}()"
    for child in children:
        if isinstance(child, ast.expr):
            yield from _unknown(child, rule, standards)


def _is_bare_name(name: str, rule: Rule, standards: Standards) -> bool:
    form = standards.forms.get(rule.form or "")
    if form is None:
        return False
    if rule.each == "row":
        return form.column(name) is not None
    if rule.each == "column":
        return form.row(name) is not None or (name == "classes" and form.code_rows is not None)
    return rule.each == "parent" and name in ("value", "children")


def _cell(cell: ast.Subscript, column: str, rule: Rule, standards: Standards) -> Iterator[str]:
    form = standards.forms.get((_chain(cell.value) or "").removeprefix(LAST_YEAR_PREFIX))
    if form is None:
        yield f"form {_chain(cell.value)}"
        return
    if form.column(column) is None:
        yield f"{form.form}: column {column}"
    if not _is_row(cell.slice, form, rule, standards):
        yield f"{form.form}: row {ast.unparse(cell.slice)}"


def _is_row(node: ast.expr, form: Form, rule: Rule, standards: Standards) -> bool:
    if isinstance(node, ast.Constant):
        scheme = form.code_rows.scheme if form.code_rows is not None else ""
        return str(node.value) in standards.schemes[scheme].items
    if isinstance(node, ast.Call):
        return _chain(node.func) == "parts" and form.row(_chain(node.args[0]) or "") is not None
    name = _chain(node)
    if name in ("classes", "children"):
        return form.code_rows is not None
    return (name == "row" and rule.each == "row") or form.row(name or "") is not None
