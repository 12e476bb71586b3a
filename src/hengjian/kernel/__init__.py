"""Amounts, intervals, periods, codes, places, figures, findings and the error tree.

Everything else in Hengjian stands on this layer; it imports nothing of the project.
"""

from hengjian.kernel.amount import Amount, MoneyUnit
from hengjian.kernel.blank import BlankSum, add_stated, divide_stated
from hengjian.kernel.catalogue import Severity, Text
from hengjian.kernel.code import Code
from hengjian.kernel.errors import HengjianError, InputError, PackError, PackFault
from hengjian.kernel.figure import Figure, Measure
from hengjian.kernel.finding import Finding, in_order, is_input
from hengjian.kernel.interval import Interval, change_rate, change_rate_of_difference, percentage
from hengjian.kernel.number import NotANumberError, Number, parse_number
from hengjian.kernel.outcome import Outcome
from hengjian.kernel.percent import Percent
from hengjian.kernel.period import FiscalYear
from hengjian.kernel.place import Place
from hengjian.kernel.quantity import Quantity

__all__ = [
    "Amount",
    "BlankSum",
    "Code",
    "Figure",
    "Finding",
    "FiscalYear",
    "HengjianError",
    "InputError",
    "Interval",
    "Measure",
    "MoneyUnit",
    "NotANumberError",
    "Number",
    "Outcome",
    "PackError",
    "PackFault",
    "Percent",
    "Place",
    "Quantity",
    "Severity",
    "Text",
    "add_stated",
    "change_rate",
    "change_rate_of_difference",
    "divide_stated",
    "in_order",
    "is_input",
    "parse_number",
    "percentage",
]
