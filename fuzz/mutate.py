"""Cases: small valid files broken at random, in their bytes and in the XML or JSON within."""

from __future__ import annotations

import io
import json
import random
import re
import zipfile
import zlib
from typing import Any

from fuzz.seeds import seeds
from fuzz.target import TREE

_ODD = (
    b"0",
    b"-1",
    b"1",
    b"2147483648",
    b"99999999999999999999",
    b"",
    b"x",
    b"\xff\xfe",
    b"\0",
    b"1e999",
    b"NaN",
)
_TOKEN = re.compile(rb"<[^<>]{1,200}>|\"[^\"]{0,80}\"|\d+|[^\x00-\x20<>\"]+")
_ODD_VALUES: tuple[Any, ...] = (None, True, -1, 0, 10**30, 1.5, float("nan"), "", "甲", [], {}, [[]], [1, 2])
_LONGEST = 200_000


def case(name: str, number: int) -> bytes:
    """Return the case of a number, the same each time."""
    chance = random.Random(f"{name}:{number}")
    data = chance.choice(seeds(name))
    for _ in range(chance.choice((0, 1, 1, 2, 4, 16))):
        data = mutated(name, data, chance)
    return data


def mutated(name: str, data: bytes, chance: random.Random) -> bytes:
    """Break a file once more."""
    roll = chance.random()
    if name == TREE and roll < 0.8:
        return _json(data, chance)
    if data.startswith(b"PK") and roll < 0.85:
        return _zip(data, chance)
    return _tokens(data, chance) if roll < 0.5 else _bytes(data, chance)


def _zip(data: bytes, chance: random.Random) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
    except (zipfile.BadZipFile, zlib.error, ValueError, RuntimeError, EOFError, OSError):
        return _bytes(data, chance)
    if not parts:
        return data
    name = chance.choice(list(parts))
    parts[name] = _tokens(parts[name], chance) if chance.random() < 0.8 else _bytes(parts[name], chance)
    if chance.random() < 0.03:
        del parts[name]
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for each, inside in parts.items():
            archive.writestr(each, inside)
    return made.getvalue()


def _tokens(data: bytes, chance: random.Random) -> bytes:
    """Delete, double, swap or replace a tag, value or word."""
    found = list(_TOKEN.finditer(data[:_LONGEST]))
    if not found:
        return _bytes(data, chance)
    token, other = chance.choice(found), chance.choice(found)
    kind = chance.randrange(5)
    new = (
        b"",
        token[0] * chance.choice((2, 3, 50)),
        other[0],
        chance.choice(_ODD),
        data[min(token.start(), other.start()) : max(token.end(), other.end())],
    )[kind]
    return (data[: token.start()] + new + data[token.end() :])[:_LONGEST]


def _bytes(data: bytes, chance: random.Random) -> bytes:
    """Flip, cut out, double or put in some bytes, or cut the file short."""
    at = chance.randrange(len(data) + 1)
    length = chance.choice((1, 2, 8, 200))
    kind = chance.randrange(5)
    new = (
        bytes(chance.randrange(256) for _ in range(min(length, 8))),
        b"",
        data[at : at + length] * 2,
        chance.choice(_ODD) + data[at : at + length],
        data[at : at + length],
    )[kind]
    return (data[:at] + new + (b"" if kind == 4 and chance.random() < 0.3 else data[at + length :]))[
        :_LONGEST
    ]


def _json(data: bytes, chance: random.Random) -> bytes:
    """Replace one value somewhere in the data."""
    try:
        root = json.loads(data)
    except (ValueError, RecursionError):
        return _bytes(data, chance)
    node = root
    for _ in range(chance.randrange(1, 8) if isinstance(root, dict | list) else 0):
        keys: list[Any] = list(node) if isinstance(node, dict) else list(range(len(node)))
        if not keys:
            break
        key = chance.choice(keys)
        if not isinstance(node[key], dict | list) or chance.random() < 0.2:
            node[key] = chance.choice(_ODD_VALUES)
            break
        node = node[key]
    return json.dumps(root).encode()
