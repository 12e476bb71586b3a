"""Search in an indicator library: by words for a reader, and the one entry that a printed name means.

Names are compared as `LibraryIndex.key` writes them: without brackets, signs and spaces, in short forms.
Likeness is the Dice coefficient of their character bigrams, each weighted by how rare it is in the library,
so that 满意度 or 覆盖率 counts for little and what an indicator is about for much.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import pairwise
from math import log
from string import ascii_lowercase

from hengjian.kernel import Text
from hengjian.packs.indicator_library import LibraryIndicator, Matching

_SURE = 0.8
"""The likeness from which a printed name is taken to mean an entry."""
_AHEAD = 0.06
"""How much more alike the entry must be than the next one."""
_MENTIONED = 0.25
"""The likeness from which an entry is shown to a reader at all."""
_IN_NAME, _IN_TEXT, _LIKE = 0.8, 0.5, 0.7
_LONGEST = 200
_BRACKETS = tuple(map(re.compile, (r"\([^()]*\)", r"\[[^\[\]]*\]", r"【[^【】]*】", r"〔[^〔〕]*〕")))
_UNCLOSED = re.compile(r"(?<=.)[(\[【〔].*")
_SIGNS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Match:
    """An entry with how well it fits, from 0 to 1."""

    indicator: LibraryIndicator
    score: float


@dataclass(frozen=True, slots=True)
class _Entry:
    """A name, alias or id: its indicator's position, its key, its kind and the weight of its bigrams."""

    position: int
    key: str
    kind: int | None
    weight: float


@dataclass(frozen=True, eq=False)
class LibraryIndex:
    """The indicators of a library, ready to be searched; `ledgers` are the names of ledgers by id."""

    indicators: tuple[LibraryIndicator, ...]
    ledgers: Mapping[str, Text] = field(default_factory=dict)
    matching: Matching = field(default_factory=Matching)

    def key(self, name: str) -> str:
        """Return a name as it is compared.

        >>> LibraryIndex((), matching=Matching(short_forms={"医疗保险": "医保"})).key(
        ...     "“医疗保险” 参保率（%）"
        ... )
        '医保参保率'
        """
        text = unicodedata.normalize("NFKC", name[:_LONGEST])
        for pair in _BRACKETS:
            while (without := pair.sub("", text)) != text:
                text = without
        text = _SIGNS.sub("", _UNCLOSED.sub("", text)).lower()
        for long, short in self._short_forms:
            text = text.replace(long, short)
        return text

    def nearest(self, name: str) -> LibraryIndicator | None:
        """Return the indicator that a printed name means; None when that is not certain.

        A name or alias decides, however many more are alike; else an entry must be of the same kind of
        measure, contradict no word, and be alike enough, with no other nearly as like.
        """
        key = self.key(name)
        exact = self._exact.get(key)
        if exact is not None:
            return self.indicators[exact[0]] if len(exact) == 1 else None
        best = [(score, position) for position, score in self._likeness(key, strict=True).items()]
        best.sort(reverse=True)
        if not best or best[0][0] < _SURE or (len(best) > 1 and best[0][0] - best[1][0] < _AHEAD):
            return None
        return self.indicators[best[0][1]]

    def search(self, query: str, limit: int = 10) -> tuple[Match, ...]:
        """Return the indicators that have something of each word of the query, the best first."""
        words = query[:_LONGEST].split()
        if not words:
            return ()
        found = [self._scores(word) for word in words]
        scores = {
            position: sum(each[position] for each in found) / len(found)
            for position in found[0]
            if all(position in each for each in found)
        }
        ranked = sorted(scores.items(), key=lambda pair: (-pair[1], self.indicators[pair[0]].id))
        return tuple(Match(self.indicators[position], score) for position, score in ranked[:limit])

    def of_id(self, indicator_id: str) -> tuple[LibraryIndicator, ...]:
        """Return the indicator of an id, or those under it with a letter (MI-33: MI-33a, MI-33b)."""
        wanted = indicator_id.strip().casefold()
        ids = {each.id.casefold(): each for each in self.indicators}
        if wanted in ids:
            return (ids[wanted],)
        return tuple(each for known, each in ids.items() if known.rstrip(ascii_lowercase) == wanted)

    def _scores(self, word: str) -> dict[int, float]:
        key = self.key(word)
        if not key:
            return {}
        scores = {position: _LIKE * score for position, score in self._likeness(key).items()}
        for position, (named, told) in enumerate(self._texts):
            for name in named:
                if key in name:
                    score = 1.0 if key == name else _IN_NAME + 0.1 * len(key) / len(name)
                    scores[position] = max(scores.get(position, 0), score)
            if key in told:
                scores[position] = max(scores.get(position, 0), _IN_TEXT)
        return {position: score for position, score in scores.items() if score >= _MENTIONED}

    def _likeness(self, key: str, *, strict: bool = False) -> dict[int, float]:
        """Return how like each indicator's most alike name is; `strict` leaves out what cannot be meant."""
        common: dict[int, float] = defaultdict(float)
        total = 0.0
        for gram, count in Counter(_bigrams(key)).items():
            rarity = self._rarity(gram)
            total += count * rarity
            for number, times in self._postings.get(gram, ()):
                common[number] += min(count, times) * rarity
        kind = self._kind(key)
        likeness: dict[int, float] = {}
        for number, weight in common.items():
            entry = self._entries[number]
            score = 2 * weight / (total + entry.weight)
            if score <= likeness.get(entry.position, 0):
                continue
            if strict and (score < _SURE - _AHEAD or entry.kind != kind or self._contrary(key, entry.key)):
                continue
            likeness[entry.position] = score
        return likeness

    def _kind(self, key: str) -> int | None:
        """Return which group of endings a name has: the one with the longest."""
        best = max(((len(end), kind) for end, kind in self._endings if key.endswith(end)), default=None)
        return None if best is None else best[1]

    def _contrary(self, key: str, other: str) -> bool:
        """Tell whether two names hold words of which only one can be meant."""
        for words in self.matching.contrasts:
            here, there = ({word for word in words if word in text} for text in (key, other))
            if here != there and here and there:
                return True
        return False

    def _rarity(self, gram: str) -> float:
        return log(1 + len(self._keys) / (1 + len(self._postings.get(gram, ()))))

    @cached_property
    def _short_forms(self) -> tuple[tuple[str, str], ...]:
        return tuple(sorted(self.matching.short_forms.items(), key=lambda pair: -len(pair[0])))

    @cached_property
    def _endings(self) -> tuple[tuple[str, int], ...]:
        groups = enumerate(self.matching.endings)
        return tuple((end, kind) for kind, ends in groups for end in ends)

    @cached_property
    def _texts(self) -> tuple[tuple[tuple[str, ...], str], ...]:
        """The names of each indicator and, as one text, all else that is told of it."""
        return tuple((self._names(each), self._told(each)) for each in self.indicators)

    def _names(self, of: LibraryIndicator) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.key(text) for text in (of.name, *of.aliases, of.id)))

    def _told(self, of: LibraryIndicator) -> str:
        ledgers = [name for each in of.ledgers for name in (self.ledgers.get(each), each)]
        texts = (of.definition, of.numerator, of.denominator, of.level1, of.level2, *ledgers)
        plain = (f"{text.zh} {text.en}" if isinstance(text, Text) else text for text in texts if text)
        return " ".join(self.key(text) for text in plain)

    @cached_property
    def _exact(self) -> dict[str, tuple[int, ...]]:
        """Positions by key: whose name it is, else whose alias."""
        names: dict[str, tuple[int, ...]] = {}
        aliases: dict[str, tuple[int, ...]] = {}
        for position, each in enumerate(self.indicators):
            own = self.key(each.name)
            names[own] = (*names.get(own, ()), position)
            for alias in {self.key(alias) for alias in each.aliases} - {own}:
                aliases[alias] = (*aliases.get(alias, ()), position)
        return aliases | names

    @cached_property
    def _keys(self) -> tuple[tuple[int, str], ...]:
        return tuple((position, name) for position, (names, _) in enumerate(self._texts) for name in names)

    @cached_property
    def _postings(self) -> dict[str, tuple[tuple[int, int], ...]]:
        """The numbers of the names that hold a bigram, and how often."""
        postings: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for number, (_, key) in enumerate(self._keys):
            for gram, count in Counter(_bigrams(key)).items():
                postings[gram].append((number, count))
        return {gram: tuple(places) for gram, places in postings.items()}

    @cached_property
    def _entries(self) -> tuple[_Entry, ...]:
        return tuple(
            _Entry(position, key, self._kind(key), sum(self._rarity(gram) for gram in _bigrams(key)))
            for position, key in self._keys
        )


def _bigrams(key: str) -> list[str]:
    """Return the pairs of neighbouring characters, the ends marked."""
    return [a + b for a, b in pairwise(f"^{key}$")]


@lru_cache(maxsize=8)
def _index(indicators: tuple[LibraryIndicator, ...]) -> LibraryIndex:
    return LibraryIndex(indicators)


def search(indicators: tuple[LibraryIndicator, ...], query: str, limit: int = 10) -> tuple[Match, ...]:
    """Return the indicators that have something of each word of the query, the best first.

    For many queries keep a `LibraryIndex`, such as `Standards.library_index`.

    >>> kinds = {"level1": "产出指标", "level2": "数量指标", "operator": "≥"}
    >>> talks = LibraryIndicator(
    ...     id="XX-01", name="讲座次数", definition=Text("全年举办的讲座", "talks"), **kinds
    ... )
    >>> [match.indicator.id for match in search((talks,), "讲座")]
    ['XX-01']
    >>> search((talks,), "借阅")
    ()
    """
    return _index(indicators).search(query, limit)


def nearest(indicators: tuple[LibraryIndicator, ...], name: str) -> LibraryIndicator | None:
    """Return the indicator that a printed name means; None when that is not certain.

    >>> kinds = {"level1": "产出指标", "level2": "数量指标", "operator": "≥"}
    >>> talks = LibraryIndicator(
    ...     id="XX-01", name="讲座次数", definition=Text("全年举办的讲座", "talks"), **kinds
    ... )
    >>> nearest((talks,), "讲座次数（场）") is talks
    True
    >>> nearest((talks,), "讲座满意度") is None
    True
    """
    return _index(indicators).nearest(name)
