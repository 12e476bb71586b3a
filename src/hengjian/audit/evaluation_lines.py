"""Project self-evaluation forms in a dump whose cells are broken over lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from hengjian.audit.indicator_lines import IndicatorLines, RowShape
from hengjian.audit.line_cursor import LabelHit, find_label, label_at, printed_lines, words_of
from hengjian.audit.tables import Labels, claimed_score, split_name
from hengjian.documents import DocumentTree, Line
from hengjian.filing import PROJECT_FUNDS, Indicator, Project, Sheet
from hengjian.kernel import Amount, Figure, MoneyUnit, NotANumberError, Percent, Place
from hengjian.packs import squeeze
from hengjian.packs.schema import Vocabulary

_FUND_ROWS = {
    "funds_total": "total",
    "funds_fiscal": "fiscal",
    "funds_special_account": "special_account",
    "funds_unit": "unit",
    "funds_other": "other",
}
_FUND_COLUMNS = ("initial", "adjusted", "executed")
_HEADS = ("nature", "measure", "target", "actual")
_CELLS = (
    ("department", ("unit_stamp", "goal_completion", "basics", "execution")),
    ("unit_stamp", ("goal_completion", "basics", "execution", "annual_budget")),
    ("goal_completion", ("overview",)),
    ("overview", ("execution", "annual_budget")),
    ("conclusion", ("problems",)),
    ("problems", ("measures",)),
    ("measures", ("project_head",)),
)
"""The cells that are read from lines, each with the labels that may stand next."""
_SIDE_LABELS = ("basics", "goal_completion")
_MONEY_HEAD = re.compile(r"[（(]\s*(?:金额单位[：:])?\s*(亿元|万元|元)\s*[）)]")


def projects_from_lines(
    tree: DocumentTree, labels: Labels, vocabulary: Vocabulary | None
) -> tuple[Project, ...]:
    """Return the projects whose self-evaluation forms stand in the document's lines."""
    lines = printed_lines(tree.lines)
    starts = [i for i in range(len(lines)) if label_at(lines, labels["project_name"], i) is not None]
    found = []
    for start, stop in pairwise((*starts, len(lines))):
        block = lines[start:stop]
        if find_label(block, labels["funds_total"]) and line_with(block, labels["level1"]) is not None:
            found.append(_Form(tree, block, labels, vocabulary).project())
    return tuple(found)


class _Form:
    """One form's lines, read label by label."""

    def __init__(
        self, tree: DocumentTree, lines: Sequence[Line], labels: Labels, vocabulary: Vocabulary | None
    ) -> None:
        self._lines = lines
        self._labels = labels
        self._vocabulary = vocabulary
        self._file = tree.path

    def project(self) -> Project:
        """Read the whole form."""
        code, name, name_place = self._name()
        self._table = name
        total = self._hit("total")
        funds, weight, score = self._funds()
        texts, places = self._texts()
        stated = self._points_of(total)
        places |= {"project_name": name_place}
        if total is not None:
            places["total"] = self._place(total.first, total.last)
        execution = self._hit("funds_total")
        if execution is not None:
            places["execution"] = self._place(execution.first, execution.last)
        return Project(
            name=name,
            code=code,
            funds=funds,
            indicators=self._indicators(total),
            execution_weight=weight,
            execution_score=score,
            stated_weight=stated[0],
            stated_score=stated[1],
            conclusion_score=claimed_score(texts.get("conclusion", "")),
            texts=texts,
            place=name_place,
            places=places,
        )

    def _hit(self, label: str, start: int = 0) -> LabelHit | None:
        return find_label(self._lines, self._labels.get(label, frozenset()), start)

    def _place(self, first: int, last: int) -> Place:
        line = self._lines[first]
        return Place(
            file=self._file,
            page=line.page,
            table=getattr(self, "_table", None),
            line=line.number,
            quote=words_of(self._lines[first : last + 1]),
        )

    def _name(self) -> tuple[str | None, str, Place]:
        name = self._hit("project_name")
        department = self._hit("department")
        if name is None:
            return None, "", Place(file=self._file)
        last = department.first - 1 if department is not None and department.first > name.last else name.last
        text = name.rest + "".join(line.text.strip() for line in self._lines[name.last + 1 : last + 1])
        code, printed = split_name(text)
        return code, squeeze(printed), self._place(name.first, last)

    def _funds(self) -> tuple[Sheet | None, Decimal | None, Decimal | None]:
        figures: dict[tuple[str, str], Figure] = {}
        rows: dict[str, str] = {}
        weight = score = None
        unit = self._unit()
        weight_first = self._weight_first()
        for label, row in _FUND_ROWS.items():
            hit = self._hit(label)
            if hit is None:
                continue
            rows[row] = squeeze(self._lines[hit.first].text.split()[0])
            place = self._place(hit.first, hit.last)
            tokens = hit.rest.split()
            if weight_first:
                tokens = _rate_before_points(tokens)
            points = _fund_figures(tokens, row, unit, place, figures)
            if row == "total":
                weight, score = (*points, None, None)[:2]
        sheet = Sheet(PROJECT_FUNDS, rows, figures, self._place(0, 0)) if rows else None
        return sheet, weight, score

    def _weight_first(self) -> bool:
        """Tell whether the points that execution may earn stand before its rate, as in 财预〔2020〕10号."""
        funds = self._hit("funds_total")
        head = squeeze("".join(line.text for line in self._lines[: funds.first])) if funds else ""
        weight, rate = (
            max((head.rfind(each) for each in self._labels.get(label, ())), default=-1)
            for label in ("weight", "rate")
        )
        return -1 < weight < rate

    def _unit(self) -> MoneyUnit:
        """Return the unit that stands in brackets nearest before the figures."""
        funds = self._hit("funds_total")
        head = squeeze("".join(line.text for line in self._lines[: funds.first])) if funds else ""
        units = _MONEY_HEAD.findall(head)
        return MoneyUnit.from_label(units[-1]) if units else MoneyUnit.WAN_YUAN

    def _indicators(self, total: LabelHit | None) -> tuple[Indicator, ...]:
        head = line_with(self._lines, self._labels["level1"])
        if head is None or total is None:
            return ()
        shortfall = self._line_ending_with("shortfall", head)
        start = (head if shortfall is None else shortfall) + 1
        with_units = self._has_units(self._lines[head:start])
        reader = IndicatorLines(self._vocabulary, RowShape(with_results=True, with_units=with_units))
        body = body_lines(self._lines[start : total.first], self._labels, reader.levels)
        indicators = reader.read(body, self._place(head, head))
        return indicators if with_units or self._are_all(indicators, total) else ()

    def _has_units(self, head: Sequence[Line]) -> bool:
        """Tell whether operator or unit have a column; a head that is not read whole is taken to have one."""
        text = squeeze("".join(line.text for line in head))
        holds = {label: any(each in text for each in self._labels.get(label, ())) for label in _HEADS}
        return holds["nature"] or holds["measure"] or not (holds["target"] and holds["actual"])

    def _are_all(self, indicators: Sequence[Indicator], total: LabelHit) -> bool:
        """Tell whether the weights come to the total's: else a row whose lines were misread is missing."""
        stated, _ = self._points_of(total)
        _, execution, _ = self._funds()
        weights = [indicator.weight for indicator in indicators]
        known = sum((weight for weight in weights if weight is not None), execution or Decimal(0))
        return None not in weights and stated in (None, known)

    def _line_ending_with(self, label: str, start: int) -> int | None:
        for index in range(start, len(self._lines)):
            text = squeeze(self._lines[index].text)
            if any(text.endswith(each) for each in self._labels.get(label, frozenset())):
                return index
        return None

    def _points_of(self, total: LabelHit | None) -> tuple[Decimal | None, Decimal | None]:
        """Read weight and score of the total row; one figure alone is the weight."""
        if total is None:
            return None, None
        numbers = [Decimal(token) for token in total.rest.split() if re.fullmatch(r"\d+(?:\.\d+)?", token)]
        weight, score = (*numbers, None, None)[:2]
        return weight, score

    def _texts(self) -> tuple[dict[str, str], dict[str, Place]]:
        """Read the short and the narrative cells, each from its label to the next one.

        Goal and result stand in two columns that the dump does not part: ``goal_completion`` holds both.
        """
        texts: dict[str, str] = {}
        places: dict[str, Place] = {}
        for label, following in _CELLS:
            start = self._start(label)
            ends = (self._start(each, start.last + 1) for each in following) if start is not None else ()
            end = min((hit for hit in ends if hit is not None), key=lambda hit: hit.first, default=None)
            if start is None or end is None:
                continue
            inner = [line.text for line in self._lines[start.last + 1 : end.first]]
            if label == "goal_completion":
                inner = self._without_side_labels(inner)
            elif label == "overview":
                inner = self._without_execution(inner)
            texts[label] = squeeze(start.rest + "".join(inner))
            through = end.last if label in {"overview", "problems"} else end.first - 1
            places[label] = self._place(start.first, through)
        return texts, places

    def _start(self, label: str, first: int = 0) -> LabelHit | None:
        """Return where a cell's label stands; that of goal and result may be broken, then their heads."""
        hit = self._hit(label, first)
        if hit is not None or label != "goal_completion":
            return hit
        heads = (self._labels.get("annual_goal", frozenset()), self._labels.get("goal_result", frozenset()))
        for index, line in enumerate(self._lines[first:], first):
            words = set(line.text.split())
            if all(words & head for head in heads):
                return LabelHit(index, index, "")
        return None

    def _without_execution(self, lines: Sequence[str]) -> list[str]:
        """Drop the beginning of the label of execution, which a page may break, from the end of a cell."""
        labels = self._labels.get("execution", frozenset())
        for index in range(len(lines)):
            end = squeeze("".join(lines[index:]))
            if any(label.startswith(end) for label in labels):
                return list(lines[:index])
        return list(lines)

    def _without_side_labels(self, lines: Sequence[str]) -> list[str]:
        """Drop what is left of the labels beside goal and result before the first line that is theirs."""
        sides = [text for label in _SIDE_LABELS for text in self._labels.get(label, frozenset())]
        kept = list(lines)
        while kept:
            piece, _, rest = kept[0].strip().partition(" ")
            if not any(text.endswith(piece) or (not rest and piece in text) for text in sides):
                break
            kept[:1] = [rest] if rest else []
        return kept


def _rate_before_points(tokens: Sequence[str]) -> list[str]:
    """Move the points before the rate behind it; a row that does not print all its cells is none.

    >>> _rate_before_points("8.00 8.00 6.00 10 75.00% 7.5".split())
    ['8.00', '8.00', '6.00', '75.00%', '10', '7.5']
    """
    amounts, rest = list(tokens[: len(_FUND_COLUMNS)]), list(tokens[len(_FUND_COLUMNS) :])
    if len(rest) < len(("weight", "rate")) or not rest[1].endswith(("%", "％")):
        return []
    return [*amounts, rest[1], rest[0], *rest[2:]]


def _fund_figures(
    tokens: Sequence[str], row: str, unit: MoneyUnit, place: Place, figures: dict[tuple[str, str], Figure]
) -> list[Decimal]:
    """Enter the amounts and the rate of a funds row; return the points behind the rate.

    Amounts are told by position, so a row that does not print all three is left blank rather than guessed.
    """
    rate_at = next((i for i, token in enumerate(tokens) if token.endswith(("%", "％"))), None)
    if rate_at is None or rate_at != len(_FUND_COLUMNS):
        return []
    try:
        for column, token in zip(_FUND_COLUMNS, tokens, strict=False):
            amount = Amount.parse(token, unit)
            if amount is not None:
                figures[row, column] = Figure(PROJECT_FUNDS, row, column, amount, place)
        rate = Percent.parse(tokens[rate_at])
    except NotANumberError:
        return []
    if rate is not None:
        figures[row, "rate"] = Figure(PROJECT_FUNDS, row, "rate", rate, place)
    return [Decimal(token) for token in tokens[rate_at + 1 :] if re.fullmatch(r"\d+(?:\.\d+)?", token)]


def line_with(lines: Sequence[Line], labels: frozenset[str]) -> int | None:
    """Return the first line that holds one of the labels as a word of its own."""
    for index, line in enumerate(lines):
        if labels & set(line.text.split()):
            return index
    return None


def body_lines(lines: Sequence[Line], labels: Labels, levels: frozenset[str]) -> tuple[Line, ...]:
    """Drop what is left of the head and of the vertical label, which narrow columns break over lines.

    A piece that ends a level name begun on the line before stays.
    """
    heads = ("nature", "measure", "target", "actual", "weight", "score", "indicators", "shortfall")
    captions = [caption for head in heads for caption in labels.get(head, frozenset())]
    vertical = labels.get("indicators", frozenset())
    kept: list[Line] = []
    for line in lines:
        text = squeeze(line.text)
        in_head = not kept and any(text in caption for caption in captions)
        before = squeeze(kept[-1].text) if kept else ""
        ends_level = any((before + text).endswith(level) and len(level) > len(text) for level in levels)
        stray = len(text) > 1 and not ends_level and any(text in caption for caption in vertical)
        if not in_head and not stray:
            kept.append(line)
    return tuple(kept)
