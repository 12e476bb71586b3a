"""The standards as data: loaded, dated, inherited and linted."""

from hengjian.packs.lint import lint_library
from hengjian.packs.load import Library, Pack, load_library
from hengjian.packs.standards import Scheme, Standards, resolve_standards, squeeze, standards_for

__all__ = [
    "Library",
    "Pack",
    "Scheme",
    "Standards",
    "lint_library",
    "load_library",
    "resolve_standards",
    "squeeze",
    "standards_for",
]
