"""A filing as a workbook for a spreadsheet program, and what was changed in it read back."""

from hengjian.authoring.workbook.difference import Change, Difference, difference
from hengjian.authoring.workbook.read import Workbook, is_exported, read_workbook
from hengjian.authoring.workbook.write import write_workbook

__all__ = ["Change", "Difference", "Workbook", "difference", "is_exported", "read_workbook", "write_workbook"]
