"""Where the data folders stand, inside an installed wheel or at the root of a checkout, and the cache."""

from __future__ import annotations

import os
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]


def data_folder(name: str) -> Path:
    """Return the folder ``packs`` or ``examples``.

    >>> data_folder("packs").name
    'packs'
    """
    installed = _PACKAGE / "data" / name
    return installed if installed.is_dir() else _PACKAGE.parents[1] / name


def cache_folder() -> Path:
    """Return the user's folder for what can be made again; ``HENGJIAN_CACHE`` names another."""
    own = os.environ.get("HENGJIAN_CACHE")
    if own:
        return Path(own)
    system = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    return (Path(system) if system else Path.home() / ".cache") / "hengjian"
