"""A filing as a workbook for a spreadsheet program, and what was changed in it read back."""

from hengjian.authoring.workbook.difference import Change, Difference, difference
from hengjian.authoring.workbook.read import Workbook, read_workbook
from hengjian.authoring.workbook.write import write_workbook

__all__ = ["Change", "Difference", "Workbook", "difference", "read_workbook", "write_workbook"]
