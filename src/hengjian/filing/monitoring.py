"""Run-time monitoring: one file a cut-off, ``monitoring/06.toml`` for January to the end of June.

The file's name is the month. Comments tell the clerk what each key means and what is held against what; they
are written anew with the filing and hold nothing of their own.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Sequence

import tomli_w

from hengjian.filing.intake import MOST_BYTES, Intake
from hengjian.filing.model import (
    CorrectiveAction,
    Filing,
    Indicator,
    IndicatorProgress,
    MonitoringSheet,
    Project,
    ProjectProgress,
)
from hengjian.filing.sheets import read_unit
from hengjian.filing.targets import QUALITATIVE
from hengjian.filing.toml_file import Table, read_toml
from hengjian.kernel import Amount, InputError, MoneyUnit, NotANumberError, Place, Text
from hengjian.packs.monitoring import monitoring_of
from hengjian.packs.standards import Standards, squeeze

FOLDER = "monitoring"
_FILE = re.compile(r"monitoring/(0[1-9]|1[0-2])\.toml")
_MOST_FILES = 24
_UNIT = MoneyUnit.WAN_YUAN
_FILE_NAME = Text("文件名", "the file's name")
_HEAD = """\
# {year}年1—{month}月绩效运行监控。按项目填写；空着（""）表示没有数，不是零。
# unit 金额单位；project 项目代码或名称；budget 截至{month}月末的预算数，与自评表调整后预算数相同的不填。
# executed 截至{month}月末执行数；expected 全年预计执行数；disposition 落后项目的处理意见{dispositions}。
# indicator 每项指标：actual 截至{month}月末完成情况；expected 全年预计完成情况；cause 偏差原因类别；
#   reason 原因说明；likelihood 完成目标可能性{likelihood}。
# action 整改措施：measure 措施；owner 责任人或科室；due 完成时限，如{year}-12-15。可列几项，不需要的空着。
"""


def monitoring_file(month: int) -> str:
    """Return the file of a cut-off, relative to the filing's folder."""
    return f"{FOLDER}/{month:02}.toml"


def is_monitoring_file(name: str) -> bool:
    """Tell whether a file, relative to the filing's folder, stands where the sheets do."""
    return name.startswith(f"{FOLDER}/")


def project_of(filing: Filing, key: str) -> Project | None:
    """Return the project that a monitoring sheet names by its code or its name."""
    wanted = squeeze(key)
    for names in (
        {squeeze(project.code): project for project in filing.projects if project.code},
        {squeeze(project.name): project for project in filing.projects},
    ):
        if wanted in names:
            return names[wanted]
    return None


def matched_indicators(
    indicators: Sequence[Indicator], progress: Sequence[IndicatorProgress]
) -> tuple[tuple[Indicator | None, IndicatorProgress | None], ...]:
    """Pair a project's indicators with what a sheet says of them, by name and, of one name, in order.

    What has no other side comes with None: indicators that the sheet leaves out, then names that are unknown.
    """
    waiting: dict[str, deque[IndicatorProgress]] = defaultdict(deque)
    for each in progress:
        waiting[squeeze(each.name)].append(each)
    pairs: list[tuple[Indicator | None, IndicatorProgress | None]] = []
    for indicator in indicators:
        found = waiting[squeeze(indicator.name)]
        pairs.append((indicator, found.popleft() if found else None))
    return (*pairs, *((None, each) for left in waiting.values() for each in left))


def blank_sheet(filing: Filing, month: int) -> MonitoringSheet:
    """Return a sheet with every project and indicator of a filing, to be filled in."""
    projects = (
        ProjectProgress(
            project.code or project.name,
            indicators=tuple(IndicatorProgress(indicator.name) for indicator in project.indicators),
        )
        for project in filing.projects
    )
    return MonitoringSheet(month, tuple(projects), Place(file=monitoring_file(month)))


def read_monitoring(intake: Intake) -> tuple[MonitoringSheet, ...]:
    """Read the sheets of every cut-off, in the order of the months."""
    sheets = []
    for name in intake.names(FOLDER, ".toml", _MOST_FILES):
        match = _FILE.fullmatch(name)
        if match is None:
            values = {"key": _FILE_NAME, "value": name, "known": "01.toml – 12.toml"}
            intake.add("input.unknown-value", Place(file=name), **values)
            continue
        try:
            sheets.append(_sheet(read_toml(intake, name, MOST_BYTES), int(match[1])))
        except InputError as error:
            intake.note(error)
    return tuple(sheets)


def _sheet(table: Table, month: int) -> MonitoringSheet:
    unit = read_unit(table, _UNIT)
    projects: dict[str, ProjectProgress] = {}
    for item in table.tables("project"):
        progress = _project(item, unit)
        if progress is None:
            continue
        key = squeeze(progress.project)
        if key in projects:
            table.intake.add("input.duplicate", item.place("project"), name=progress.project)
        projects.setdefault(key, progress)
    table.finish()
    return MonitoringSheet(month, tuple(projects.values()), Place(file=table.file))


def _project(table: Table, unit: MoneyUnit) -> ProjectProgress | None:
    key = table.stated("project")
    if not (key or "").strip():
        table.intake.add("input.missing-key", table.place(), key="project")
    actions = (_action(item) for item in table.tables("action"))
    progress = ProjectProgress(
        project=key or "",
        budget=_amount(table, "budget", unit),
        executed=_amount(table, "executed", unit),
        expected=_amount(table, "expected", unit),
        disposition=table.stated("disposition"),
        indicators=tuple(_indicator(item) for item in table.tables("indicator")),
        actions=tuple(action for action in actions if action is not None),
        place=Place(file=table.file, section=key, line=table.line),
    )
    table.finish()
    return progress if squeeze(progress.project) else None


def _amount(table: Table, key: str, unit: MoneyUnit) -> Amount | None:
    text = table.stated(key)
    if text is None:
        return None
    try:
        return Amount.parse(text, unit)
    except NotANumberError:
        table.intake.add("input.not-a-number", table.place(key), value=text)
        return None


def _indicator(table: Table) -> IndicatorProgress:
    name = table.stated("name")
    if name is None:
        table.intake.add("input.missing-key", table.place(), key="name")
    progress = IndicatorProgress(
        name=name or "",
        actual=table.stated("actual"),
        expected=table.stated("expected"),
        cause=table.stated("cause"),
        reason=table.stated("reason"),
        likelihood=table.stated("likelihood"),
        place=Place(file=table.file, row=name, line=table.line, quote=table.text("actual") or name),
    )
    table.finish()
    return progress


def _action(table: Table) -> CorrectiveAction | None:
    """Return an action; None when nothing of it is filled in."""
    measure, owner, due = table.stated("measure"), table.stated("owner"), table.stated("due")
    table.finish()
    if measure is None and owner is None and due is None:
        return None
    words = " ".join(part for part in (measure, owner, due) if part)
    return CorrectiveAction(measure or "", owner, due, Place(file=table.file, line=table.line, quote=words))


def monitoring_text(sheet: MonitoringSheet, filing: Filing, standards: Standards | None = None) -> str:
    """Return a sheet as its file; with `standards`, the comments name the words to choose from."""
    amounts = [a for p in sheet.projects for a in (p.budget, p.executed, p.expected) if a is not None]
    units = Counter(amount.unit for amount in amounts)
    unit = max(MoneyUnit, key=lambda each: (units[each], each is _UNIT))
    of = monitoring_of(standards.monitoring.values() if standards is not None else ())
    head = _HEAD.format(
        year=filing.year,
        month=sheet.month,
        dispositions=_choices(of.handling.dispositions if of.handling is not None else ()),
        likelihood=_choices(tuple(of.likelihood)),
    )
    parts = [head, _keys(unit=unit.label)]
    for progress in sheet.projects:
        parts.extend(_project_text(progress, project_of(filing, progress.project), unit))
    return "\n".join(parts)


def _choices(words: tuple[str, ...]) -> str:
    return f"（{'、'.join(words)}）" if words else ""


def _project_text(progress: ProjectProgress, project: Project | None, unit: MoneyUnit) -> Iterator[str]:
    indicators = project.indicators if project is not None else ()
    yield (
        "\n[[project]]\n"
        + _keys(project=progress.project)
        + _comment(*_about(project))
        + _keys(
            budget=_money(progress.budget, unit),
            executed=_money(progress.executed, unit),
            expected=_money(progress.expected, unit),
            disposition=progress.disposition or "",
        )
    ).rstrip("\n")
    targets = {id(each): indicator for indicator, each in matched_indicators(indicators, progress.indicators)}
    for each in progress.indicators:
        yield _indicator_text(each, targets[id(each)])
    for action in progress.actions or (CorrectiveAction(""),):
        yield (
            "\n[[project.action]]\n"
            + _keys(measure=action.measure, owner=action.owner or "", due=action.due or "")
        ).rstrip("\n")


def _about(project: Project | None) -> Iterator[str]:
    """Yield a project's name and its budget, for the reader of the file."""
    if project is None:
        return
    yield project.name
    for column, word in (("adjusted", "调整后预算"), ("initial", "年初预算")):
        figure = project.funds.figure("total", column) if project.funds is not None else None
        if figure is not None:
            yield f"{word}{figure.value}"
            return


def _indicator_text(progress: IndicatorProgress, indicator: Indicator | None) -> str:
    target: tuple[str, ...] = ()
    if indicator is not None:
        operator = QUALITATIVE if indicator.operator == "qualitative" else indicator.operator
        parts = (operator, indicator.target, indicator.unit)
        target = ("年度指标值", "".join(part for part in parts if part))
    keys = _keys(
        actual=progress.actual or "",
        expected=progress.expected or "",
        cause=progress.cause or "",
        reason=progress.reason or "",
        likelihood=progress.likelihood or "",
    )
    text = "\n[[project.indicator]]\n" + _keys(name=progress.name) + _comment(*target) + keys
    return text.rstrip("\n")


def _money(amount: Amount | None, unit: MoneyUnit) -> str:
    """Return an amount as it is stated, with its unit where that is not the sheet's."""
    if amount is None:
        return ""
    return amount.text if amount.unit is unit else str(amount)


def _keys(**values: str | None) -> str:
    return tomli_w.dumps({key: value for key, value in values.items() if value is not None})


def _comment(*words: str) -> str:
    """Return words as a comment of one line, whatever they hold; nothing without words."""
    line = " ".join("".join(c if c.isprintable() else " " for c in word) for word in words)
    return f"# {line.strip()}\n" if line.strip() else ""
