"""The functions of the pdfium library that reading takes, called as they are.

A page has thousands of characters, and a call that converts its arguments one by one costs more than pdfium's
own work. So results are written by address into one array a page, which is unpacked at once (`filled`).
pdfium is not safe for threads: read one document at a time in a process.
"""

from __future__ import annotations

import ctypes
from array import array
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from types import SimpleNamespace

_P, _I = ctypes.c_void_p, ctypes.c_int

_PROTOTYPES: dict[str, tuple[type | None, tuple[type, ...]]] = {
    "FPDF_LoadMemDocument64": (_P, (ctypes.c_char_p, ctypes.c_size_t, ctypes.c_char_p)),
    "FPDF_CloseDocument": (None, (_P,)),
    "FPDF_GetLastError": (ctypes.c_ulong, ()),
    "FPDF_GetPageCount": (_I, (_P,)),
    "FPDF_LoadPage": (_P, (_P, _I)),
    "FPDF_ClosePage": (None, (_P,)),
    "FPDF_GetPageBoundingBox": (_I, (_P, _P)),
    "FPDFPage_GetRotation": (_I, (_P,)),
    "FPDFPage_CountObjects": (_I, (_P,)),
    "FPDFPage_GetObject": (_P, (_P, _I)),
    "FPDFFormObj_CountObjects": (_I, (_P,)),
    "FPDFFormObj_GetObject": (_P, (_P, ctypes.c_ulong)),
    "FPDFPageObj_GetType": (_I, (_P,)),
    "FPDFPageObj_GetBounds": (_I, (_P, _P, _P, _P, _P)),
    "FPDFPageObj_GetMatrix": (_I, (_P, _P)),
    "FPDFPageObj_GetFillColor": (_I, (_P, _P, _P, _P, _P)),
    "FPDFPageObj_GetStrokeColor": (_I, (_P, _P, _P, _P, _P)),
    "FPDFPath_GetDrawMode": (_I, (_P, _P, _P)),
    "FPDFPath_CountSegments": (_I, (_P,)),
    "FPDFPath_GetPathSegment": (_P, (_P, _I)),
    "FPDFPathSegment_GetPoint": (_I, (_P, _P, _P)),
    "FPDFPathSegment_GetType": (_I, (_P,)),
    "FPDFPathSegment_GetClose": (_I, (_P,)),
    "FPDFTextObj_GetTextRenderMode": (_I, (_P,)),
    "FPDFText_LoadPage": (_P, (_P,)),
    "FPDFText_ClosePage": (None, (_P,)),
    "FPDFText_CountChars": (_I, (_P,)),
    "FPDFText_GetText": (_I, (_P, _I, _I, _P)),
    "FPDFText_GetUnicode": (ctypes.c_uint, (_P, _I)),
    "FPDFText_GetLooseCharBox": (_I, (_P, _I, _P)),
    "FPDFText_GetCharBox": (_I, (_P, _I, _P, _P, _P, _P)),
    "FPDFText_GetCharOrigin": (_I, (_P, _I, _P, _P)),
    "FPDFText_GetFontSize": (ctypes.c_double, (_P, _I)),
    "FPDFText_GetMatrix": (_I, (_P, _I, _P)),
}


@lru_cache(maxsize=1)
def pdfium() -> SimpleNamespace:
    """Load the library and return its functions by their own names; handles are plain integers."""
    import pypdfium2_raw as raw  # type: ignore[import-untyped] # noqa: PLC0415 - 30 ms, which readers of other formats need not pay

    raw.FPDF_InitLibrary()
    functions = {}
    for name, (result, arguments) in _PROTOTYPES.items():
        address = ctypes.cast(getattr(raw, name), ctypes.c_void_p).value
        if address is None:
            raise ImportError(f"pdfium has no function {name}")
        # Loading takes long, and other threads may run meanwhile; all else is over before they could.
        prototype = ctypes.CFUNCTYPE if "_Load" in name else ctypes.PYFUNCTYPE
        functions[name] = prototype(result, *arguments)(address)
    return SimpleNamespace(**functions)


def filled(
    call: Callable[..., object],
    columns: Iterable[Iterable[object]],
    shape: tuple[int, int],
    *,
    kind: str = "f",
    together: bool = False,
) -> Sequence[float]:
    """Call a function `shape[0]` times, which writes `shape[1]` numbers each, and return all in a row.

    `columns` are the leading arguments; `kind` is the numbers' type code in an `array`, `together` tells that
    the function fills one structure instead of numbers at addresses of their own.
    """
    count, parts = shape
    numbers = array(kind)
    size = numbers.itemsize
    step = size * parts
    store = (ctypes.c_char * (step * count))()
    start = ctypes.addressof(store)
    places = [range(start + at, start + at + step * count, step) for at in range(0, step, size)]
    deque(map(call, *columns, *places[: 1 if together else parts]), maxlen=0)
    numbers.frombytes(store)
    return numbers
