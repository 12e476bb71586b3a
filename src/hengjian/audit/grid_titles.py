"""Which form a table's title names, whatever stands before it: numbers, years, the department's name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from hengjian.audit.tables import bare, plain, without_brackets
from hengjian.packs.schema import Form

_UNIT_BEHIND = re.compile(r"[(\[,]?(?:金额)?(?:计量)?单位[:,].*$")
_NUMBERED = re.compile(
    r"(?:附件|附表|附录|附|预算公开表?|决算公开表?|公开表?|表)"
    r"(?:[一二三四五六七八九十]{1,3}|[\dZz]{1,3})(?:[-.—之](?:\d{1,2}|[一二三四五六七八九十]))*表?[:、.,)]?"
)
_TABLE_NUMBER = re.compile(
    r"\(?(?:预算|决算)?公开\d{1,2}(?:[-—]\d{1,2})?表\)?|\(?表\d{1,2}(?:[-—]\d{1,2})?\)?$"
)
_YEAR = re.compile(r"\(?(?:20\d\d|二[〇○零O0][〇○零一二三四五六七八九]{2})(?:年度|年)?\)?")
_CONTINUED = re.compile(r"\(?续表?\)?\d*$|^续表?[:,]?")
_SHOWN_BEHIND = re.compile(
    r"\s*(?:[（(]?公开\s*\d{1,2}\s*表[)）]?|[（(]?(?:金额)?单位\s*[:：].*)\s*$|\s*公开\s*\d{1,2}\s*表.*$"
)
_OWN_PREFIX = re.compile(
    r"(?:部门|单位|本级|本部门|本单位|汇总|\((?:部门|单位|本级|汇总)\))*(?:预算|决算)?(?:公开)?"
)
_MONEY_WORDS = re.compile(
    r"预算|决算|拨款|收入|支出|收支|基金|经营|经费|三公|转移支付|采购|专项|债务|一般公共|项目|明细|分类|国有资本|财政专户"
)
_TELLING = re.compile(r"经济|按|政府|明细")
_ORGANISATION = re.compile(
    r".*(?:局|委|办|厅|部|院|所|站|处|队|会|校|馆|园|社|室|镇|乡|府|心|关|级|位|门|团|道|司|台|库|区|县|市|省)(?:\([^()]*\))?"
)
_NOTE = re.compile(
    r"(?:金额|计量)?单位[:,].*|(?:编制|填报|填表|公开|预算|主管|部门|单位)?(?:单位|部门)(?:名称)?(?:\(盖章\))?[:,].*"
    r"|(?:预算|决算|财政)?年[度份]?[:,].*|截[止至].*|(?:填报|填表|编制)?(?:日期|时间)[:,].*|20\d\d年度?"
)


def title_key(text: str) -> str:
    """Return a title without number, year, unit, "continued" and white space.

    >>> title_key("表1-1  2024年部门收支总表（续）"), title_key("附件2：甲局收入决算表 单位：万元")
    ('部门收支总表', '甲局收入决算表')
    """
    key = _UNIT_BEHIND.sub("", plain(text))
    before = ""
    while key != before:
        before = key
        key = _CONTINUED.sub("", _YEAR.sub("", _TABLE_NUMBER.sub("", key)))
        match = _NUMBERED.match(key)
        if match is not None and match.end() < len(key):
            key = key[match.end() :]
        key = bare(key)
    return key


def shown_title(text: str) -> str:
    """Return a title on one line, without the table's number and unit behind it.

    >>> shown_title("收入决算表  公开02表 金额单位：万元")
    '收入决算表'
    """
    line = " ".join(text.split())
    return _SHOWN_BEHIND.sub("", line) or line


def is_note(text: str) -> bool:
    """Tell whether a cell or line only states a table's unit, department, year or date.

    >>> is_note("单位：万元"), is_note("单位名称")
    (True, False)
    """
    return bool(_NOTE.fullmatch(plain(text)))


class FormTitles:
    """The titles of the forms of a year."""

    def __init__(self, forms: Iterable[Form]) -> None:
        self._forms = tuple(forms)
        keys: dict[str, list[Form]] = {}
        for form in self._forms:
            for caption in (*form.captions, form.title.zh):
                for key in _variants(caption):
                    if key and form not in keys.setdefault(key, []):
                        keys[key].append(form)
        self._keys = dict(sorted(keys.items(), key=lambda item: -len(item[0])))

    def of_kind(self, kind: str | None) -> tuple[Form, ...]:
        """Return the forms that a document of a kind may hold; all when the kind is unknown."""
        own = tuple(form for form in self._forms if form.kind == kind)
        return own or self._forms

    def forms(self, text: str, kind: str | None) -> list[Form]:
        """Return the forms that a title names, the longest caption first; none for any other text."""
        for key in _variants(text):
            for caption, forms in self._keys.items():
                if key.endswith(caption) and _is_harmless(key[: len(key) - len(caption)]):
                    return _of_kind(forms, kind)
        return []


def _variants(text: str) -> Iterator[str]:
    """Yield a title's key, and the key without brackets unless they name another form."""
    key = title_key(text)
    yield key
    short = without_brackets(key)
    if short != key and not any(_TELLING.search(inside) for inside in re.findall(r"\(([^()]*)\)", key)):
        yield short


def _is_harmless(prefix: str) -> bool:
    """Tell whether what stands before a form's caption leaves it the same form: a department's name."""
    rest = prefix
    if not rest or _OWN_PREFIX.fullmatch(rest):
        return True
    named = re.sub(r"(?:预算|决算)(?:公开)?$", "", rest)
    return bool(_ORGANISATION.fullmatch(named)) or not _MONEY_WORDS.search(named)


def _of_kind(forms: Sequence[Form], kind: str | None) -> list[Form]:
    own = [form for form in forms if form.kind == kind]
    return own or list(forms)
