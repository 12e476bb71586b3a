"""Numbers as word processors write them in automatic numbering."""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_COUNTING = "零一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_LETTERS = 26
_TEENS = range(10, 20)
LARGEST = 9_999
"""The largest number written in words; above it, digits."""


def numeral(number: int, style: str) -> str:
    """Write a number in a numbering format of OOXML; decimal digits for a format not known here.

    >>> [numeral(n, "chineseCounting") for n in (1, 10, 12, 20, 105)]
    ['一', '十', '十二', '二十', '一百零五']
    >>> numeral(3, "decimalEnclosedCircle"), numeral(2, "ideographTraditional"), numeral(4, "lowerRoman")
    ('③', '乙', 'iv')
    """
    write = _STYLES.get(style)
    return write(number) if write is not None and 0 < number <= LARGEST else str(number)


def _counting(digits: str, units: tuple[str, str, str, str], *, bare_ten: bool) -> Callable[[int], str]:
    """Count with words; with `bare_ten`, 10 to 19 begin with 十 rather than 一十."""

    def write(number: int) -> str:
        text = ""
        for power, digit in zip(range(len(str(number)) - 1, -1, -1), str(number), strict=True):
            if digit != "0":
                text += digits[int(digit)] + units[power]
            elif not text.endswith(digits[0]):
                text += digits[0]
        text = text.rstrip(digits[0])
        return text[1:] if bare_ten and number in _TEENS else text

    return write


def _by_digit(digits: str) -> Callable[[int], str]:
    return lambda number: "".join(digits[int(digit)] for digit in str(number))


def _cycle(signs: str) -> Callable[[int], str]:
    return lambda number: signs[number - 1] if number <= len(signs) else str(number)


def _from(first: str, count: int) -> Callable[[int], str]:
    return lambda number: chr(ord(first) + number - 1) if number <= count else str(number)


def _roman(number: int) -> str:
    text = ""
    for worth, sign in _ROMAN:
        text += sign * (number // worth)
        number %= worth
    return text


def _letters(number: int) -> str:
    return chr(ord("a") + (number - 1) % _LETTERS) * ((number - 1) // _LETTERS + 1)


_CHINESE = _counting(_COUNTING, ("", "十", "百", "千"), bare_ten=True)
_STYLES: dict[str, Callable[[int], str]] = {
    "chineseCounting": _CHINESE,
    "chineseCountingThousand": _CHINESE,
    "taiwaneseCounting": _CHINESE,
    "taiwaneseCountingThousand": _CHINESE,
    "japaneseCounting": _CHINESE,
    "chineseLegalSimplified": _counting(_LEGAL, ("", "拾", "佰", "仟"), bare_ten=False),
    "ideographLegalTraditional": _counting(_LEGAL, ("", "拾", "佰", "仟"), bare_ten=False),
    "ideographDigital": _by_digit(_DIGITS),
    "japaneseDigitalTenThousand": _by_digit(_DIGITS),
    "taiwaneseDigital": _by_digit(_DIGITS),
    "ideographTraditional": _cycle(_STEMS),
    "ideographZodiac": _cycle(_BRANCHES),
    "decimalEnclosedCircle": _from("①", 20),
    "decimalEnclosedCircleChinese": _from("①", 20),
    "decimalEnclosedParen": _from("⑴", 20),
    "decimalEnclosedFullstop": _from("⒈", 20),
    "ideographEnclosedCircle": _from("㊀", 10),
    "decimalFullWidth": _by_digit("０１２３４５６７８９"),
    "decimalFullWidth2": _by_digit("０１２３４５６７８９"),
    "decimalZero": lambda number: f"{number:02d}",
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerLetter": _letters,
}
