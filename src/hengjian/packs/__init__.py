"""The standards as data: loaded, dated, inherited and linted."""

from hengjian.packs.load import Library, Pack, load_library
from hengjian.packs.standards import Scheme, Standards, resolve_standards, squeeze, standards_for

__all__ = [
    "Library",
    "Pack",
    "Scheme",
    "Standards",
    "load_library",
    "resolve_standards",
    "squeeze",
    "standards_for",
]
