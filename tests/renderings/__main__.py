"""Write every rendering of the examples into a folder: ``python -m tests.renderings FOLDER``."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.renderings.examples import NAMES
from tests.renderings.formats import OFFICE_PDF, RENDERERS, rendering
from tests.renderings.office import office


def main(folder: Path) -> None:
    """Write the files, one a line on standard output."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in NAMES:
        for ending in RENDERERS:
            if ending == OFFICE_PDF and office() is None:
                sys.stdout.write(f"{name}.{ending}: no office program is installed\n")
                continue
            path = folder / f"{name}.{ending}"
            path.write_bytes(rendering(name, ending))
            sys.stdout.write(f"{path}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
