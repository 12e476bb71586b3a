"""Words of tables: captions made comparable, labels of evaluation forms, units, and what a row says."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache

from hengjian.documents import Block, Cell, Table
from hengjian.kernel import MoneyUnit
from hengjian.packs import Library, squeeze

LINES_BEFORE, LONGEST_TITLE = 4, 60

Row = Sequence[Cell]
Labels = Mapping[str, frozenset[str]]

_FORMS = re.compile(r"(?:self_evaluation_form|target_form)(?:[.].+)?")
_SCORE_TABLES = re.compile(r"(?:score_table|self_evaluation_form|target_form)(?:[.].+)?")
_QUOTES = str.maketrans(dict.fromkeys("“”\"‘’'「」『』〝〞《》〈〉<>", ""))
_ORDINAL = re.compile(
    r"(?:第?[一二三四五六七八九十百]+[、.,:]|\((?:[一二三四五六七八九十]{1,3}|\d{1,2})\)[、.]?|\d{1,2}(?:、|\.(?!\d))"
    r"|\d{1,2}(?=[\u4e00-\u9fff]{2})(?!\d*[年月日万亿元])|[#★☆*·•●■◆-]|其中[-:,]?|减:|加:)"
)
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】")
_UNIT = re.compile(r"(?:金额|计量|货币)?单位(?:名称)?[:,]?(?:人民币)?(亿元|万元|元)")
_UNIT_IN_BRACKETS = re.compile(r"[(\[](?:金额)?(?:单位)?[:,]?(?:人民币)?(亿元|万元|元)[)\]]")
_FIGURE = re.compile(r"[-+(]*[¥￥]?[\d,]*\d(?:\.\d+)?\)?%?")
_PROJECT_NAME = re.compile(r"(?P<code>[0-9A-Z]{10,30})\s*[-－—–_:：]\s*(?P<name>.+)", re.DOTALL)
_CLAIMED = re.compile(
    r"(?:得分|总分|评分|分数|自评分)\s*(?:为|是|达到?|共计|合计|[:：])?\s*(\d{1,3}(?:\.\d+)?)\s*分"
)
_SENTENCE = re.compile(r"[。；;]")
_CODE = re.compile(r"\d{1,9}")
_PARTED_CODE = re.compile(r"\d{3}(?:[-.]\d{2}){1,3}")


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """Return a caption without what its setting adds: white space, quotes, full-width forms.

    >>> plain("一般公共预算　财政拨款“三公”经费（合计）")
    '一般公共预算财政拨款三公经费(合计)'
    """
    normal = unicodedata.normalize("NFKC", text).translate(_QUOTES)
    return squeeze(normal).replace("〔", "(").replace("〕", ")")


@lru_cache(maxsize=8192)
def bare(text: str) -> str:
    """Return a row's or form's caption without its ordinal, its "of which" and a colon behind it.

    >>> bare("其中：1．公务用车购置费"), bare("（一）本年收入："), bare("三公经费合计")
    ('公务用车购置费', '本年收入', '三公经费合计')
    """
    name = plain(text)
    while (match := _ORDINAL.match(name)) and match.end() < len(name):
        name = name[match.end() :]
    return name.rstrip(":：.")


def without_brackets(text: str) -> str:
    """Return a text without what it has in brackets.

    >>> without_brackets("价值(金额单位:万元)")
    '价值'
    """
    return _BRACKETS.sub("", text)


def reading_labels(library: Library) -> dict[str, frozenset[str]]:
    """Return every text in use, squeezed, for each label of evaluation and target forms.

    They are the union over all packs' wordings ``self_evaluation_form`` and ``target_form``: a document may
    use any authority's words. Further words serve reading only; they stand in wordings whose names go on
    with a point (``self_evaluation_form.transfer``). Several texts of one label are parted by a bar.
    """
    return _labels(library, _FORMS)


def score_table_labels(library: Library) -> dict[str, frozenset[str]]:
    """Return every text in use, squeezed, for each label of score tables, those of forms included."""
    return _labels(library, _SCORE_TABLES)


def _labels(library: Library, wordings: re.Pattern[str]) -> dict[str, frozenset[str]]:
    labels: dict[str, set[str]] = {}
    for pack in library.packs.values():
        for wording in pack.wordings:
            if wordings.fullmatch(wording.wording):
                for label, text in wording.labels.items():
                    labels.setdefault(label, set()).update(squeeze(each) for each in text.split("|"))
    return {label: frozenset(texts) for label, texts in labels.items()}


def money_unit(texts: Iterable[str]) -> MoneyUnit | None:
    """Return the money unit that the first of the texts states, None when none does.

    >>> money_unit(["编制单位：甲局", "单 位：万 元"]).label
    '万元'
    """
    for text in texts:
        match = _UNIT.search(plain(text)) or _UNIT_IN_BRACKETS.search(plain(text))
        if match is not None:
            return MoneyUnit.from_label(match[1])
    return None


def is_figure(text: str) -> bool:
    """Tell whether a cell's text is a number as statements print it.

    >>> is_figure("3,359.62"), is_figure("1、房屋")
    (True, False)
    """
    return bool(_FIGURE.fullmatch(plain(text)))


def digits_of(text: str) -> str:
    """Return the digits of a classification code, "" when the text is none.

    >>> digits_of(" 210 15 "), digits_of("[205]"), digits_of("208-05-05"), digits_of("行政运行")
    ('21015', '205', '2080505', '')
    """
    code = plain(text).strip("[]()")
    if _PARTED_CODE.fullmatch(code):
        return re.sub(r"\D", "", code)
    return code if _CODE.fullmatch(code) else ""


def own_cells(row: Row, number: int) -> Iterator[Cell]:
    """Yield the cells that begin in a row, each once."""
    for column, cell in enumerate(row):
        if cell.row == number and cell.column == column:
            yield cell


def distinct(row: Row) -> list[Cell]:
    """Return the cells that a row shows, each once, those from rows above included."""
    return list(dict.fromkeys(row))


def words(cells: Iterable[Cell]) -> str:
    r"""Return what cells say, as a quote: their texts joined by spaces, line breaks within a cell closed.

    >>> words([Cell("财政拨款\n收入", 0, 0), Cell("", 0, 1), Cell("3.00", 0, 2)])
    '财政拨款收入 3.00'
    """
    return " ".join("".join(cell.text.split("\n")).strip() for cell in cells if cell.text.strip())


def texts_before(blocks: Sequence[Block], table: Table) -> list[str]:
    """Return the short lines that stand right before a table, the nearest last; `blocks` end before it."""
    found: list[str] = []
    for block in reversed(blocks[-LINES_BEFORE:]):
        if isinstance(block, Table) or len(block.text) > LONGEST_TITLE or _SENTENCE.search(block.text):
            break
        if block.page not in (table.page, None):
            break
        found.insert(0, block.text)
    return found


def one_line(text: str) -> str:
    r"""Return a cell's text with its line breaks closed.

    >>> one_line("政策知\n晓率 ")
    '政策知晓率'
    """
    return "".join(line.strip() for line in text.split("\n")).strip()


def split_name(text: str) -> tuple[str | None, str]:
    """Return code and name of a project written as one: ``51000021T000000000101-培训费``.

    >>> split_name("51000021T000000000101-培训费"), split_name("基金监管")
    (('51000021T000000000101', '培训费'), (None, '基金监管'))
    """
    match = _PROJECT_NAME.fullmatch(text.strip())
    return (match["code"], one_line(match["name"])) if match is not None else (None, one_line(text))


def claimed_score(text: str) -> Decimal | None:
    """Return the total score that a conclusion claims, None when it claims none.

    >>> claimed_score("项目自评得分 99 分，通过该项目的实施……")
    Decimal('99')
    """
    match = _CLAIMED.search(squeeze(text))
    return Decimal(match[1]) if match is not None else None
