"""Arelle: a fact a cell, and every identity a summation of Calculations 1.1 in a link role of its own.

Calculations 1.1 asks what we ask: whether the intervals of the stated total and of the sum meet.
"""

from __future__ import annotations

import logging
import re
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.identities import Case, Identity
from benchmarks.measure import Measured, median, run_once
from benchmarks.peers import AbsentError, Met
from hengjian.filing.facts import Cell

ROUNDS = 3
BOTH, ALONE = "Arelle: load and validate", "Arelle: validation alone"
_ROLE = "http://example.org/role/"
_SUMMATION = "https://xbrl.org/2023/arcrole/summation-item"
_FEN = 100
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<{element} xmlns="{default}" xmlns:xbrli="http://www.xbrl.org/2003/instance"
 xmlns:link="http://www.xbrl.org/2003/linkbase" xmlns:xlink="http://www.w3.org/1999/xlink"
 xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:iso4217="http://www.xbrl.org/2003/iso4217"
 xmlns:c="http://example.org/cells"{more}>"""


def measure(case: Case, faulty: Case) -> Met:
    """Load and validate the instance; the controller is made beforehand, and nothing is fetched."""
    try:
        from arelle import Cntlr, ModelFormulaObject, ValidateXbrlCalcs  # noqa: PLC0415 - need not be there
    except ImportError as error:
        raise AbsentError(f"Arelle: {error}") from error
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        _write_taxonomy(case, root)
        sound, unsound = _write_instance(case, root / "sound.xml"), _write_instance(faulty, root / "bad.xml")
        controller = Cntlr.Cntlr(logFileName="logToBuffer", disable_persistent_config=True)
        controller.webCache.workOffline = True
        manager = controller.modelManager
        manager.formulaOptions = ModelFormulaObject.FormulaOptions()
        manager.validateCalcs = ValidateXbrlCalcs.ValidateCalcsMode.ROUND_TO_NEAREST
        broken = _broken(controller, unsound)
        told = _broken(controller, sound)
        if told:
            raise RuntimeError(f"Arelle finds {len(told)} identities broken that hold")
        runs = [_timed(manager, sound) for _ in range(ROUNDS)]
        controller.close()
    both = median([whole for whole, _ in runs])
    alone = median([validation for _, validation in runs])
    return Met(
        (
            (BOTH, both, "instance and taxonomy from files; warm, offline"),
            (ALONE, alone, "of the instance that is loaded"),
        ),
        broken,
    )


def _timed(manager: Any, path: Path) -> tuple[Measured, Measured]:  # noqa: ANN401 - Arelle is not typed here
    loading = run_once(lambda: manager.load(str(path)))
    validation = run_once(manager.validate)
    manager.close()
    both = Measured(loading.wall + validation.wall, loading.cpu + validation.cpu)
    return both, validation


def _broken(controller: Any, path: Path) -> frozenset[int]:  # noqa: ANN401
    """Return the numbers of the identities that Arelle reports; raises `RuntimeError` for another message."""
    told: list[logging.LogRecord] = []

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            told.append(record)

    collector = Collector()
    controller.logger.addHandler(collector)
    controller.modelManager.load(str(path))
    controller.modelManager.validate()
    controller.modelManager.close()
    controller.logger.removeHandler(collector)
    serious = [record for record in told if record.levelno > logging.INFO]
    found = [re.search(rf"{_ROLE}(\d+)", str(record.args)) for record in serious]
    numbers = [int(each[1]) for each in found if each is not None]
    if len(numbers) != len(serious):
        raise RuntimeError(f"Arelle: {serious[0].getMessage()}")
    return frozenset(numbers)


# Files


def _names(case: Case) -> dict[Cell, str]:
    return {cell: f"n{number}" for number, cell in enumerate(case.cells)}


def _write_taxonomy(case: Case, root: Path) -> None:
    stated, names = case.stated(), _names(case)
    money = {cell: _is_money(case, cell) for cell in stated}
    roles = "".join(
        f'<link:roleType roleURI="{_ROLE}{number}" id="r{number}">'
        "<link:usedOn>link:calculationLink</link:usedOn></link:roleType>"
        for number in range(len(case.identities))
    )
    elements = "".join(
        f'<xsd:element name="{name}" id="{name}" substitutionGroup="xbrli:item" nillable="true"'
        f' type="xbrli:{"monetary" if money[cell] else "decimal"}ItemType" xbrli:periodType="duration"/>'
        for cell, name in names.items()
    )
    more = ' targetNamespace="http://example.org/cells" elementFormDefault="qualified"'
    head = _HEAD.format(element="xsd:schema", default="http://example.org/cells", more=more)
    (root / "cells.xsd").write_text(
        f"{head}<xsd:annotation><xsd:appinfo>"
        '<link:linkbaseRef xlink:type="simple" xlink:href="cells-calc.xml"'
        ' xlink:arcrole="http://www.w3.org/1999/xlink/properties/linkbase"'
        ' xlink:role="http://www.xbrl.org/2003/role/calculationLinkbaseRef"/>'
        f"{roles}</xsd:appinfo></xsd:annotation>"
        '<xsd:import namespace="http://www.xbrl.org/2003/instance"'
        ' schemaLocation="http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd"/>'
        f"{elements}</xsd:schema>",
        encoding="utf-8",
    )
    head = _HEAD.format(element="link:linkbase", default="http://example.org/cells", more="")
    references = "".join(
        f'<link:roleRef roleURI="{_ROLE}{number}" xlink:type="simple" xlink:href="cells.xsd#r{number}"/>'
        for number in range(len(case.identities))
    )
    links = "".join(_link(number, each, names) for number, each in enumerate(case.identities))
    (root / "cells-calc.xml").write_text(
        f'{head}{references}<link:arcroleRef arcroleURI="{_SUMMATION}" xlink:type="simple"'
        ' xlink:href="https://www.xbrl.org/2023/calculation-1.1.xsd#summation-item"/>'
        f"{links}</link:linkbase>",
        encoding="utf-8",
    )


def _link(number: int, identity: Identity, names: dict[Cell, str]) -> str:
    locators = "".join(
        f'<link:loc xlink:type="locator" xlink:href="cells.xsd#{names[cell]}" xlink:label="{names[cell]}"/>'
        for _, cell in identity.terms
    )
    total = names[identity.terms[0][1]]
    arcs = "".join(
        f'<link:calculationArc xlink:type="arc" xlink:arcrole="{_SUMMATION}" xlink:from="{total}"'
        f' xlink:to="{names[cell]}" weight="{-times}" order="{order}"/>'
        for order, (times, cell) in enumerate(identity.terms[1:], 1)
    )
    return (
        f'<link:calculationLink xlink:type="extended" xlink:role="{_ROLE}{number}">'
        f"{locators}{arcs}</link:calculationLink>"
    )


def _write_instance(case: Case, path: Path) -> Path:
    names = _names(case)
    facts = "".join(_fact(case, cell, names[cell], *fact) for cell, fact in case.stated().items())
    head = _HEAD.format(element="xbrli:xbrl", default="http://www.xbrl.org/2003/instance", more="")
    path.write_text(
        f'{head}<link:schemaRef xlink:type="simple" xlink:href="cells.xsd"/>'
        '<xbrli:context id="d"><xbrli:entity><xbrli:identifier scheme="http://example.org">1'
        "</xbrli:identifier></xbrli:entity><xbrli:period><xbrli:startDate>2024-01-01</xbrli:startDate>"
        "<xbrli:endDate>2024-12-31</xbrli:endDate></xbrli:period></xbrli:context>"
        '<xbrli:unit id="yuan"><xbrli:measure>iso4217:CNY</xbrli:measure></xbrli:unit>'
        '<xbrli:unit id="pure"><xbrli:measure>xbrli:pure</xbrli:measure></xbrli:unit>'
        f"{facts}</xbrli:xbrl>",
        encoding="utf-8",
    )
    return path


def _fact(case: Case, cell: Cell, name: str, value: int, unit: int) -> str:
    """State a figure with the decimals that its unit of the last digit stands for."""
    scale, measure = (2, "yuan") if _is_money(case, cell) else (4, "pure")
    decimals = "INF" if unit == 0 else str(scale - (len(str(unit)) - 1))
    sign, digits = "-" if value < 0 else "", str(abs(value)).rjust(scale + 1, "0")
    text = f"{sign}{digits[:-scale]}.{digits[-scale:]}"
    return f'<c:{name} contextRef="d" unitRef="{measure}" decimals="{decimals}">{text}</c:{name}>'


def _is_money(case: Case, cell: Cell) -> bool:
    column = case.standards.forms[cell[0]].column(cell[2])
    return column is not None and column.measure == "amount"
