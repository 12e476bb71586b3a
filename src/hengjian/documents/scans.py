"""Scanned pages: pictures of a PDF or of an image file, recognised where the extra ``ocr`` is installed."""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from hengjian.documents.bounds import BOUNDS, Bounds, too_complex
from hengjian.documents.ocr import LONG_SIDE, available, recognised
from hengjian.documents.printed import PrintedPage
from hengjian.documents.tree import DocumentTree
from hengjian.kernel.errors import InputError
from hengjian.kernel.place import Place

if TYPE_CHECKING:
    from hengjian.documents.ocr import Pixels

POINTS_PER_INCH = 72
USUAL_RESOLUTION = 150
"""Dots an inch of a picture that does not tell its own."""

_MOST_TIME = 0.8
"""The share of a file's time that recognition may take; its pages are to be laid out yet."""

_TELLING = range(50, 1201)
"""Resolutions that a scanner may have noted; others are a program's default."""


def with_scans(
    pages: Iterable[PrintedPage], picture: Callable[[int], Pixels], bounds: Bounds = BOUNDS
) -> Iterator[PrintedPage]:
    """Yield pages, recognising those that are pictures only; `picture` draws a page by its number from 1.

    Without the extra ``ocr`` they stay as they are; so they do past ``bounds.scanned_pages``, and when most
    of ``bounds.seconds`` is gone.
    """
    left = bounds.scanned_pages if available() else 0
    end = time.monotonic() + bounds.seconds * _MOST_TIME
    for page in pages:
        if page.pictured and not page.chars and left > 0 and time.monotonic() < end:
            left -= 1
            yield recognised(page, picture(page.number))
        else:
            yield page


def pdf_picture(data: bytes) -> Callable[[int], Pixels]:
    """Return a function that draws a page of a PDF with its long side as long as recognition wants it."""

    def draw(number: int) -> Pixels:
        import numpy as np
        import pypdfium2

        document = pypdfium2.PdfDocument(data)
        try:
            page = document[number - 1]
            bitmap = page.render(scale=LONG_SIDE / max(page.get_size()), rev_byteorder=True)
            return np.ascontiguousarray(bitmap.to_numpy()[:, :, :3])
        finally:
            document.close()

    return draw


def read_image(data: bytes, path: str, sha256: str, bounds: Bounds = BOUNDS) -> DocumentTree:
    """Read a scan kept as a picture: PNG, JPEG or TIFF, also of several pages.

    Raises InputError when the extra ``ocr`` is not installed, or the picture is damaged or over a bound.
    """
    from hengjian.documents.pdf_reader import pages_to_tree

    if not available():
        raise InputError("input.needs-ocr", Place(file=path))
    return pages_to_tree(_pictures(data, path, bounds), path, sha256, "ocr", bounds)


def _pictures(data: bytes, path: str, bounds: Bounds) -> Iterator[PrintedPage]:
    import numpy as np
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(data)) as image:
            frames = getattr(image, "n_frames", 1)
            if frames > bounds.scanned_pages:
                raise too_complex(path, path, "page", frames, bounds.scanned_pages)
            for index in range(frames):
                image.seek(index)
                if image.width * image.height > bounds.pixels:
                    raise too_complex(path, path, "pixel", image.width * image.height, bounds.pixels)
                shown = ImageOps.exif_transpose(image).convert("RGB")
                scale = POINTS_PER_INCH / resolution_of(image.info.get("dpi"))
                size = (shown.width * scale, shown.height * scale)
                shown.thumbnail((LONG_SIDE, LONG_SIDE))
                yield recognised(PrintedPage(index + 1, *size, (), (), pictured=True), np.asarray(shown))
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        # Pillow raises SyntaxError for a broken header of some formats.
        reason = f"{type(error).__name__}: {error}"
        raise InputError("input.unreadable", Place(file=path), reason=reason) from error


def resolution_of(dpi: object) -> float:
    """Return the dots an inch that a picture notes, else the usual ones."""
    across = dpi[0] if isinstance(dpi, tuple) and dpi else None
    known = isinstance(across, (int, float)) and int(across) in _TELLING
    return float(across) if known and isinstance(across, (int, float)) else USUAL_RESOLUTION
