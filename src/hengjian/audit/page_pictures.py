"""Pages as pictures, to be shown beside what was read of them."""

from __future__ import annotations

import base64
import io
import struct
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hengjian.documents.scans import POINTS_PER_INCH, resolution_of

if TYPE_CHECKING:
    import pypdfium2

RESOLUTION = 90
"""Dots an inch: small print can be read, and a page takes about 100 kB."""
LONGEST_SIDE = 1_800
"""Pixels; a larger page is drawn with less resolution."""
MOST_BYTES = 24_000_000
"""All pictures of a document together; the pages after have none."""

_COLOUR_TYPES = {1: 0, 3: 2, 4: 6}
_RGB = 3


@dataclass(frozen=True, slots=True)
class Picture:
    """A page's picture: its number, its size in points, and a ``data:`` address."""

    number: int
    width: float
    height: float
    address: str


def pdf_pictures(data: bytes, numbers: Iterable[int]) -> Iterator[Picture]:
    """Yield pictures of pages of a PDF, by their numbers from 1, until they are too many bytes."""
    import pypdfium2  # noqa: PLC0415 - only where pages are drawn

    document = pypdfium2.PdfDocument(data)
    try:
        left = MOST_BYTES
        for number in numbers:
            if left <= 0:
                return
            page = document[number - 1]
            width, height = page.get_size()
            png = _png_of(page, min(RESOLUTION / POINTS_PER_INCH, LONGEST_SIDE / max(width, height)))
            left -= len(png)
            yield Picture(number, width, height, _address("png", png))
    finally:
        document.close()


def image_pictures(data: bytes, numbers: Iterable[int]) -> Iterator[Picture]:
    """Yield frames of an image file, as large in points as reading takes them to be."""
    from PIL import Image, ImageOps  # noqa: PLC0415 - comes with the extra that reads images

    with Image.open(io.BytesIO(data)) as image:
        for number in numbers:
            image.seek(number - 1)
            frame = ImageOps.exif_transpose(image).convert("RGB")
            scale = POINTS_PER_INCH / resolution_of(image.info.get("dpi"))
            size = (frame.width * scale, frame.height * scale)
            frame.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            packed = io.BytesIO()
            frame.save(packed, "JPEG", quality=70)
            yield Picture(number, *size, _address("jpeg", packed.getvalue()))


def _png_of(page: pypdfium2.PdfPage, scale: float) -> bytes:
    bitmap = page.render(scale=scale, rev_byteorder=True)
    row = bitmap.width * bitmap.n_channels
    data = bytes(bitmap.buffer)
    rows = [data[at : at + row] for at in range(0, bitmap.stride * bitmap.height, bitmap.stride)]
    return png(rows, bitmap.width, bitmap.n_channels)


def png(rows: list[bytes], width: int, channels: int) -> bytes:
    """Pack rows of pixels as PNG; `channels` is 1 (grey), 3 (red, green, blue) or 4 (with alpha).

    Red, green and blue that are everywhere the same are kept once: most pages are black on white.
    """
    if channels == _RGB and all(row[0::3] == row[1::3] == row[2::3] for row in rows):
        rows, channels = [row[0::3] for row in rows], 1
    header = struct.pack(">IIBBBBB", width, len(rows), 8, _COLOUR_TYPES[channels], 0, 0, 0)
    pixels = zlib.compress(b"".join(b"\0" + row for row in rows), 6)
    parts = ((b"IHDR", header), (b"IDAT", pixels), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*part) for part in parts)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def _address(kind: str, data: bytes) -> str:
    return f"data:image/{kind};base64,{base64.b64encode(data).decode()}"
