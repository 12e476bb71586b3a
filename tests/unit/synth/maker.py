"""The national pack of a year and its made-up departments: this package is about the forms of that pack."""

from functools import cache

from hengjian.filing import Filing
from hengjian.kernel import FiscalYear
from hengjian.kernel.resources import data_folder
from hengjian.packs import Library, Standards, load_library, standards_for
from hengjian.synth import Block, Order, Province, filings


@cache
def library() -> Library:
    return load_library(data_folder("packs")).require_clean()


@cache
def national(year: int = 2024) -> Standards:
    return standards_for(library(), "cn/national", FiscalYear(year))


def blocks(order: Order, year: int = 2024) -> list[Block]:
    return list(Province(national(year), order).blocks())


def departments(order: Order, year: int = 2024) -> list[Filing]:
    return [filing for block in blocks(order, year) for filing in filings(block, national(year))]
