"""Make the five examples of hand-made truth.

    python examples/import_truth.py TRUTH_DIR [OUT_DIR]

TRUTH_DIR holds one folder of JSON a publication; the publications' texts stand in ``sources`` beside it.
OUT_DIR is this folder unless another is given. The same truth gives the same bytes.
"""

# ruff: noqa: INP001 - a script, no module of a package
from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from hengjian.filing import Filing
from hengjian.filing.folder import write_filing
from hengjian.kernel.resources import data_folder
from hengjian.packs.load import Library, load_library
from hengjian.packs.standards import standards_for

sys.path.insert(0, str(Path(__file__).resolve().parent))

from truth import dachuan_2018, lingshou_2021, lingshou_2022, quxian_2022, zhanjiang_2023

IMPORTERS: dict[str, Callable[[Path, Library], Filing]] = {
    "lingshou-2021": lingshou_2021.filing,
    "lingshou-2022": lingshou_2022.filing,
    "quxian-2022": quxian_2022.filing,
    "dachuan-2018": dachuan_2018.filing,
    "zhanjiang-2023": zhanjiang_2023.filing,
}


def import_truth(truth: Path, out: Path) -> None:
    """Write every example to a folder under `out`."""
    library = load_library(data_folder("packs"))
    for name, importer in IMPORTERS.items():
        filing = importer(truth, library)
        write_filing(filing, out / name, standards_for(library, filing.pack, filing.year))


def main() -> None:
    """Read the two folders from the command line."""
    parser = argparse.ArgumentParser(description="Make the five examples of hand-made truth.")
    parser.add_argument("truth", type=Path, help="the folder of the truth")
    parser.add_argument("out", type=Path, nargs="?", default=Path(__file__).parent, help="where to write")
    arguments = parser.parse_args()
    import_truth(arguments.truth, arguments.out)


if __name__ == "__main__":
    main()
