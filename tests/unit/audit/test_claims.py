"""Claims: what a sentence states is recomputed, in the phrasings in which publications state it."""

from __future__ import annotations

import pytest

from hengjian.audit.claims import Claim, claims_of
from hengjian.audit.claims.mentions import depth_at, mentions, same_label, sentences
from hengjian.documents import DocumentTree, Paragraph
from hengjian.kernel import Outcome, Severity


def document(*paragraphs: str) -> DocumentTree:
    """Return a document of one section."""
    blocks = tuple(Paragraph(text, ("一、说明",), None, line) for line, text in enumerate(paragraphs, 1))
    return DocumentTree("made-up.txt", "0" * 64, "txt", blocks, (), None, wrapped=False)


def claims(*paragraphs: str) -> list[Claim]:
    return list(claims_of(document(*paragraphs)))


def outcomes(kind: str, *paragraphs: str) -> list[str]:
    """Return the outcomes of the claims of a kind; kinds that begin with it count."""
    return [claim.outcome.value for claim in claims(*paragraphs) if claim.kind.startswith(kind)]


def failed(*paragraphs: str) -> list[str]:
    """Return the codes of all findings."""
    return [claim.finding.code for claim in claims(*paragraphs) if claim.finding is not None]


# Change on last year: 480 is 80 more (20 %) or 120 less (20 %).

RISES = [
    "2023年本年支出合计480.00万元，比上年增加80.00万元，增长{}。",
    "2023年本年支出合计480.00万元，较上年增加80.00万元，增加{}。",
    "2023年本年支出合计480.00万元，较上年增长80.00万元，增长{}。",
    "2023年本年支出合计480.00万元，较去年同期增加80.00万元，同比增长{}。",
    "2023年本年支出合计480.00万元，同比增加80.00万元，增长{}。",
    "2023年本年支出合计480.00万元，与上年相比，增加80.00万元，增幅{}。",
    "2023年本年支出合计480.00万元。与2022年相比，本年支出合计增加80.00万元，增长{}。",
    "2023年本年支出合计480.00万元。与2022年度相比，本年支出合计增加80.00万元，增长了{}。",
    "2023年度收、支总计480.00万元。与2022年相比，收、支总计各增加80.00万元，增长{}。",
    "收入总计480.00万元、支出总计480.00万元。与上年相比，收、支总计各增加80.00万元，增长{}。",
    "本年支出480.00万元，比2022年决算数增加80.00万元（增长{}）。",
    "本年支出480.00万元，比上年度决算数增加80.00万元，增幅为{}，主要是新增项目。",
    "本年支出480.00万元，比上年决算数400.00万元增加80.00万元，增长{}。",
    "本年支出480.00万元，比上年400.00万元，增加80.00万元，增长{}。",
    "本年支出480.00万元，与上年决算数400.00万元相比，增加80.00万元，上升{}。",
    "本年支出 480.00 万元，比 2022 年增加 80.00 万元，增长 {}。",
    "本年支出４８０．００万元，比上年增加８０．００万元，增长{}。",
    "本年支出4800000元，比上年增加80.00万元，增长{}。",
    "本年支出480.00万元，比上年增加800000元，增长{}。",
    "本年支出0.0480亿元，比上年增加80.00万元，增长{}。",
    (
        "2023年一般公共预算财政拨款支出480.00万元，占本年支出合计的80%。与2022年相比，"
        "一般公共预算财政拨款支出增加80.00万元，增长{}。"
    ),
    "本年支出480.00万元（其中：基本支出180.00万元，项目支出300.00万元），比上年增加80.00万元，增长{}。",
]
FALLS = [
    "本年支出480.00万元，比上年减少120.00万元，下降{}。",
    "本年支出480.00万元，较上年下降120.00万元，下降{}。",
    "本年支出480.00万元，与2022年决算数减少120.00万元，减少{}。",
    "本年支出480.00万元，较上年减少120.00万元，降幅{}。",
    "本年支出480.00万元，较上年减少120.00万元，降幅为{}。",
    "本年支出480.00万元，较上年减少120.00万元，降低{}。",
    "本年支出480.00万元，同比减少120.00万元，同比下降{}。",
    "2023年财政拨款收、支总计480.00万元。与2022年相比，财政拨款收、支总计各减少120.00万元，下降{}。",
]


@pytest.mark.parametrize("sentence", [*RISES, *FALLS])
@pytest.mark.parametrize("rate", ["20%", "20.00%", "２０．００％", "20.0 %"])
def test_a_right_rate_of_change_is_claimed_and_passes(sentence: str, rate: str) -> None:
    assert outcomes("change-rate", sentence.format(rate)) == ["pass"]
    assert failed(sentence.format(rate)) == []


@pytest.mark.parametrize("sentence", [*RISES, *FALLS])
@pytest.mark.parametrize(("rate", "apart"), [("25%", "5"), ("16.67%", "3.33"), ("20.50%", "0.5")])
def test_a_wrong_rate_of_change_is_an_error_with_the_right_one(sentence: str, rate: str, apart: str) -> None:
    text = sentence.format(rate)
    found = [claim.finding for claim in claims(text) if claim.finding is not None]
    assert [finding.code for finding in found] == ["claim.change-rate"]
    finding = found[0]
    assert finding.severity is Severity.ERROR
    assert (finding.stated, finding.expected, finding.difference) == (rate, "20%", apart)
    assert finding.place.quote is not None
    assert finding.place.quote in text
    assert finding.place.quote.endswith(rate)


@pytest.mark.parametrize(
    ("sentence", "stated"),
    [("本年支出480.00万元，比上年增加80.00万元，同比下降20%。", "增加…下降"),
     ("本年支出480.00万元，比上年减少120.00万元，增长20%。", "减少…增长"),
     ("本年支出480.00万元，比上年增加80.00万元，减幅20%。", "增加…减")],
)  # fmt: skip
def test_rise_and_fall_in_one_sentence_contradict(sentence: str, stated: str) -> None:
    (finding,) = [claim.finding for claim in claims(sentence) if claim.finding is not None]
    assert (finding.code, finding.stated) == ("claim.direction", stated)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [("本年支出480.00万元，比上年决算数400.00万元增加90.00万元，增长20%。", "80万元"),
     ("本年支出480.00万元，比上年决算数500.00万元减少30.00万元，下降4%。", "20万元"),
     ("本年支出480.00万元，与上年决算数400.00万元相比，增加81.00万元。", "80万元"),
     ("本年支出4800000元，比上年决算数400.00万元增加900000元。", "800000元")],
)  # fmt: skip
def test_a_wrong_difference_is_one_finding_and_the_right_rate_none(sentence: str, expected: str) -> None:
    (finding,) = [claim.finding for claim in claims(sentence) if claim.finding is not None]
    assert (finding.code, finding.expected) == ("claim.difference", expected)


def test_a_printed_base_is_used_as_it_stands() -> None:
    assert failed("本年支出480.00万元，比上年决算数400.00万元增加80.00万元，增长25%。") == [
        "claim.change-rate"
    ]
    assert outcomes("difference", "本年支出480.00万元，比上年决算数400.00万元增加80.00万元。") == ["pass"]


@pytest.mark.parametrize(
    "sentence",
    [
        "本年支出480.00万元，比上年增加480.00万元，增长100%。",  # a base of zero
        "本年支出480.00万元，较上年增加480.00万元，增长100.00%。",
        "本年支出0万元，与上年持平，增长0%。",
        "本年支出480.00万元，比上年增长20.00%。",  # nothing to recompute it with
        "项目支出占比比上年提高5.00个百分点。",
        "本年支出480.00万元，比上年增加80.00万元，上升5个百分点。",  # points are no rate
        "本年支出480.00万元，比上年增加80.00万元，占比上升3.2%个百分点。",
        "人均医药费480.00元/人，比上年增加80.00元/人，增长25%。",  # no money of the department
        "各单位参保480人，比上年增加80人，增长25%。",
    ],
)
def test_what_cannot_be_recomputed_is_no_error(sentence: str) -> None:
    assert failed(sentence) == []


def test_points_are_never_read_as_percent() -> None:
    assert [str(m.value) for m in mentions("增长5.00%，提高2.00个百分点，降3%个百分点，升1 ％ 百分点")] == [
        "5.00%"
    ]


def test_rounding_explains_what_rounded_figures_allow_and_no_more() -> None:
    # 97.86 less 13.50 is 84.36: 13.795 %. As 13.5 may be 13.495, both 13.79 and 13.80 can be right.
    sentence = "机关运行经费84.36万元，比上年减少{}万元，下降{}%。"
    assert failed(sentence.format("13.5", "13.79")) == []
    assert failed(sentence.format("13.5", "13.80")) == []
    assert failed(sentence.format("13.5", "13.70")) == ["claim.change-rate"]
    # A miss by no more than the last digit is to be explained, a larger one is an error.
    text = "机关运行经费120.00万元，比上年增加20.00万元，增长20.1%。"
    (finding,) = [claim.finding for claim in claims(text) if claim.finding is not None]
    assert finding.severity is Severity.WARNING


def test_a_fall_to_nothing_is_a_fall_of_all() -> None:
    assert outcomes("change", "会议费支出0万元，比上年减少8.00万元，下降100%。") == ["pass"]
    assert failed("会议费支出0万元，比上年减少8.00万元，下降50%。") == ["claim.change-rate"]


def test_a_change_is_of_the_amount_that_bears_its_subject() -> None:
    text = "本年支出480.00万元，其中项目支出300.00万元。与上年相比，项目支出增加50.00万元，增长{}。"
    assert failed(text.format("20.00%")) == []
    assert failed(text.format("11.63%")) == ["claim.change-rate"], "50 more of 480 is not what is claimed"


def test_a_change_is_of_an_amount_of_the_same_section_only() -> None:
    blocks = (
        Paragraph("项目支出300.00万元。", ("一、总体情况",), None, 1),
        Paragraph("与上年相比，项目支出增加50.00万元，增长25.00%。", ("二、采购情况",), None, 2),
    )
    other = DocumentTree("x.txt", "", "txt", blocks, (), None, wrapped=False)
    assert [claim for claim in claims_of(other) if claim.finding is not None] == []
    assert failed(*(block.text for block in blocks)) == ["claim.change-rate"]


# Shares

SHARES = [
    "本年支出合计400.00万元，其中：基本支出100.00万元，占{}；项目支出300.00万元，占75.00%。",
    "本年支出合计400.00万元，其中：基本支出100.00万元，占比{}；项目支出300.00万元，占比75.00%。",
    "本年支出合计400.00万元，其中：基本支出100.00万元，占比为{}；项目支出300.00万元，占比为75.00%。",
    "本年支出合计400.00万元，其中：基本支出100.00万元（占{}），项目支出300.00万元（占75.00%）。",
    "本年支出合计400.00万元，其中：基本支出100.00万元，占本年支出合计的{}；项目支出300.00万元。",
    "本年支出合计400.00万元，其中：基本支出100.00万元，占本年支出合计的比重为{}。",
    "本年支出合计400.00万元，其中：基本支出1000000元，占{}；项目支出300.00万元，占75.00%。",
    "本年支出合计４００．００万元，其中：基本支出１００．００万元，占{}；项目支出３００．００万元。",
    "本年支出合计 400.00 万元，其中基本支出 100.00 万元，占 {}，项目支出 300.00 万元，占 75.00 %。",
    "支出400.00万元，主要用于以下方面：教育支出（类）100.00万元，占{}；农林水支出（类）300.00万元，占75%。",
    "本年支出合计400.00万元，其中：基本支出100.00万元（含上年结转20.00万元），占{}；项目支出300.00万元。",
    "本年支出合计400.00万元，其中：基本支出100.00万元，较上年增加20.00万元，占本年支出合计的{}。",
    "本年支出合计400.00万元，其中：基本支出100.00万元，比上年增加20.00万元，增长25.00%，占{}。",
]


@pytest.mark.parametrize("sentence", SHARES)
@pytest.mark.parametrize("share", ["25%", "25.0%", "25.00％", "２５％"])
def test_a_right_share_is_claimed_and_passes(sentence: str, share: str) -> None:
    found = outcomes("share", sentence.format(share))
    assert found
    assert set(found) == {"pass"}
    assert failed(sentence.format(share)) == []


@pytest.mark.parametrize("sentence", SHARES)
@pytest.mark.parametrize(("share", "apart"), [("26.00%", "1"), ("33.33%", "8.33"), ("2.50%", "22.5")])
def test_a_wrong_share_is_an_error_with_the_right_one(sentence: str, share: str, apart: str) -> None:
    (finding,) = [claim.finding for claim in claims(sentence.format(share)) if claim.finding is not None]
    assert (finding.code, finding.severity) == ("claim.share", Severity.ERROR)
    assert (finding.stated, finding.expected, finding.difference) == (share, "25%", apart)


def test_a_share_is_of_the_whole_it_names_even_further_up() -> None:
    above = "2023年本年支出合计4000000.00元。"
    text = "一般公共预算财政拨款支出360.00万元，占本年支出合计的{}。"
    assert outcomes("share", above, text.format("90.00%")) == ["pass"]
    assert failed(above, text.format("91.00%")) == ["claim.share"]
    assert claims(text.format("91.00%")) == [], "without the whole nothing is claimed"


def test_a_share_of_a_part_is_not_one_of_the_total() -> None:
    text = (
        "政府采购支出总额80.00万元，授予中小企业合同金额60.00万元，占政府采购支出总额的75.00%，"
        "其中：授予小微企业合同金额30.00万元，占授予中小企业合同金额的{}。"
    )
    assert failed(text.format("50.00%")) == []
    assert failed(text.format("37.50%")) == ["claim.share"]


@pytest.mark.parametrize(
    "sentence",
    [
        "本年支出合计400.00万元，其中：基本支出100.00万元，项目支出占75.00%。",  # not the share of the 100
        "政府采购支出总额0万元，其中：授予中小企业合同金额0万元，占政府采购支出总额的0%。",
        "参保人数占常住人口的96.50%。",
        "基本支出100.00万元，占用房产出租收入的比例超过一半。",
    ],
)
def test_a_share_of_something_else_or_of_nothing_is_no_error(sentence: str) -> None:
    assert failed(sentence) == []
    assert outcomes("share", sentence) == []


def test_a_share_off_by_its_last_digit_is_a_warning() -> None:
    text = "财政拨款支出307.82万元，其中：住房保障支出29.42万元，占9.55%；其他支出278.40万元，占90.44%。"
    found = [claim.finding for claim in claims(text) if claim.finding is not None]
    assert [(f.code, f.severity) for f in found] == [("claim.share", Severity.WARNING)]
    assert (found[0].expected, found[0].difference) == ("9.56%", "0.01")


# Composition

LISTS = [
    "本年支出合计400.00万元，其中：基本支出100.00万元；项目支出{}万元。",
    "本年支出合计400.00万元，其中：基本支出100.00万元，占25.00%；项目支出{}万元。",
    "本年支出合计400.00万元，其中基本支出100.00万元，项目支出{}万元。",
    "本年支出合计400.00万元（其中：基本支出100.00万元，项目支出{}万元），较上年有所增加。",
    "本年支出合计400.00万元（其中：基本支出100.00万元、项目支出{}万元）。",
    "本年支出合计４００．００万元，其中：基本支出１００．００万元、项目支出{}万元。",
    "本年支出合计4,000,000.00元，其中：基本支出100.00万元和项目支出{}万元。",
    "支出400.00万元，主要用于以下方面：教育支出（类）100.00万元；农林水支出（类）{}万元。",
]


@pytest.mark.parametrize("sentence", LISTS)
def test_parts_that_make_the_total_pass_and_parts_beyond_it_are_an_error(sentence: str) -> None:
    assert outcomes("composition", sentence.format("300.00")) == ["pass"]
    assert outcomes("composition", sentence.format("300.01")) == ["pass"], "rounding explains it"
    (finding,) = [c.finding for c in claims(sentence.format("310.00")) if c.finding is not None]
    assert (finding.code, finding.severity) == ("claim.composition", Severity.ERROR)
    assert finding.expected in {"410万元", "4100000元"}
    assert len(finding.related) == 1


@pytest.mark.parametrize("sentence", LISTS)
def test_parts_that_fall_short_may_be_a_selection(sentence: str) -> None:
    assert outcomes("composition", sentence.format("200.00")) == ["not_applicable"]


@pytest.mark.parametrize(
    "sentence",
    ["本年支出合计400.00万元，其中：基本支出100.00万元；项目支出200.00万元；其他支出90.00万元。",
     "本年支出合计400.00万元，其中：基本支出100.00万元，占25.00%；项目支出290.00万元，占72.50%。"],
)  # fmt: skip
def test_a_list_that_says_it_is_whole_must_make_the_total(sentence: str) -> None:
    (finding,) = [claim.finding for claim in claims(sentence) if claim.finding is not None]
    assert (finding.code, finding.severity) == ("claim.composition", Severity.WARNING)
    assert (finding.stated, finding.expected, finding.difference) == ("400.00万元", "390万元", "10万元")


@pytest.mark.parametrize(
    "sentence",
    [
        "本年支出合计400.00万元，其中：项目支出500.00万元。",  # one part is a matter for the tables
        "本年支出合计400.00万元，其中：基本支出比上年增加300.00万元，项目支出比上年增加200.00万元。",
        "本年支出合计400.00万元，其中：基本支出完成预算300.00万元，项目支出预算为200.00万元。",
        "其中：基本支出300.00万元，项目支出200.00万元。",
        "三公经费4.00万元。其中公务接待费，国内接待3批次30人，共0.50万元。",
    ],
)
def test_a_list_of_other_things_makes_no_total(sentence: str) -> None:
    assert failed(sentence) == []


# Completion: 45 of an initial budget of 60 (75 %) and of a budget for the year of 50 (90 %).


@pytest.mark.parametrize(
    ("sentence", "right", "wrong", "expected"),
    [
        ("年初预算为60.00万元，支出决算为45.00万元，完成年初预算的{}。", "75.00%", "90.00%", "75%"),
        ("年初预算数为60.00万元，决算数为45.00万元，完成预算数的{}。", "75%", "90%", "75%"),
        ("年初预算安排60.00万元，支出决算45.00万元，完成年初预算{}。", "75.0%", "57.0%", "75%"),
        ("年初预算为60.00万元，全年预算为50.00万元，支出决算为45.00万元，完成全年预算数的{}。",
         "90.00%", "75.00%", "90%"),
        ("年初预算为60.00万元，全年预算为50.00万元，支出决算为45.00万元，完成年初预算的{}。",
         "75.00%", "90.00%", "75%"),
        ("年初预算数为60.00万元，调整预算数为50.00万元，决算数为45.00万元，完成调整预算数的{}。",
         "90.00%", "75.00%", "90%"),
        ("年初预算为0万元，全年预算为50.00万元，支出决算为45.00万元，完成全年预算的{}。",
         "90.00%", "95.00%", "90%"),
        ("支出决算为45.00万元，年初预算为60.00万元，完成年初预算的{}。", "75.00%", "80.00%", "75%"),
        ("支出决算为45.00万元，完成年初预算60.00万元的{}。", "75.00%", "80.00%", "75%"),
        ("当年预算50.00万元，执行45.00万元，完成预算的{}。", "90%", "95%", "90%"),
        ("2023年支出预算为50.00万元，支出决算为45.00万元，完成预算的{}。", "90.00%", "91.00%", "90%"),
        ("全年预算50.00万元，支出决算45.00万元，完成{}。", "90.00%", "91.00%", "90%"),
        ("年初预算为1,200.00万元，支出决算为1,080.00万元，完成年初预算的{}。", "90.00%", "91.00%", "90%"),
        ("年初预算为1200万元，支出决算为10800000元，完成年初预算的{}。", "90%", "92%", "90%"),
        ("年初预算为１２００万元，支出决算为１０８０万元，完成年初预算的{}。", "９０％", "９２％", "90%"),
        (("教育支出（类）普通教育（款）小学教育（项）：年初预算为60.00万元，支出决算为45.00万元，"
         "完成年初预算的{}。决算数小于年初预算数的主要原因是节约开支。"), "75.00%", "90.00%", "75%"),
    ],
)  # fmt: skip
def test_a_completion_rate_is_recomputed_with_the_budget_it_names(
    sentence: str, right: str, wrong: str, expected: str
) -> None:
    assert outcomes("completion", sentence.format(right)) == ["pass"]
    assert failed(sentence.format(right)) == []
    (finding,) = [claim.finding for claim in claims(sentence.format(wrong)) if claim.finding is not None]
    assert (finding.code, finding.severity) == ("claim.completion", Severity.ERROR)
    assert (finding.stated, finding.expected) == (wrong, expected)


def test_each_rate_of_a_sentence_has_its_own_budget() -> None:
    whole = "“三公”经费支出预算为5.00万元，支出决算为4.00万元，完成预算的80%，"
    reception = "其中：公务接待费预算为1.00万元，支出决算为0.50万元，完成预算的{}。"
    assert outcomes("completion", whole + reception.format("50%")) == ["pass", "pass"]
    assert failed(whole + reception.format("40%")) == ["claim.completion"]
    # The part's budget is not printed: the whole's is not its base.
    assert failed(whole + "其中：公务接待费支出决算为0.50万元，完成预算的100%。") == []
    both = "年初预算60.00万元，全年预算50.00万元，支出决算45.00万元，完成年初预算的{}，完成全年预算的{}。"
    assert outcomes("completion", both.format("75%", "90%")) == ["pass", "pass"]
    assert outcomes("completion", both.format("75%", "95%")) == ["pass", "fail"]


@pytest.mark.parametrize(
    "sentence",
    [
        "全年预算50.00万元，支出决算45.00万元，完成年初预算的75%。",  # the initial budget is not printed
        "年初预算60.00万元，全年预算50.00万元，支出决算45.00万元，完成预算的75%。",  # of one or the other
        "年初预算60.00万元，全年预算50.00万元，支出决算45.00万元，完成预算的90%。",
        "支出决算为45.00万元，完成全年预算的110%，决算数小于年初预算数。",
        "支出预算50.00万元，支出45.00万元，全年任务完成98%。",  # of the work, not of the money
        "支出决算为45.00万元，完成预算100%，决算数等于预算数。",
        "支出决算为45.00万元，完成预算100%，决算数与预算数持平。",
        "支出决算为45.00万元，完成预算95%，决算数小于预算数的主要原因是节约。",
        "支出决算为45.00万元，完成预算105%，决算数大于预算数的主要原因是追加。",
        "支出决算为45.00万元，完成预算的90%。",
        "支出决算为0万元，完成预算0%。",
        "支出决算为0万元，完成预算100%。",
        "年初预算为0万元，支出决算为0万元，完成年初预算的0%。",
        "年初预算为0万元，支出决算为0万元，完成年初预算的100%。",
    ],
)
def test_a_completion_rate_that_nothing_contradicts_is_no_error(sentence: str) -> None:
    assert failed(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "code"),
    [("支出决算为1.75万元，完成预算0%。", "claim.completion-spent"),
     ("支出1.75万元,完成预算 0.00 %。", "claim.completion-spent"),
     ("年初预算为0万元，支出决算为45.00万元，完成年初预算的100%。", "claim.completion-zero-base"),
     ("年初预算为0万元，全年预算为50.00万元，支出决算为45.00万元，完成年初预算的90.00%。",
      "claim.completion-zero-base"),
     ("支出决算为45.00万元，完成预算95%，决算数等于预算数。", "claim.completion-words"),
     ("支出决算为45.00万元，完成预算95%，决算数与预算数一致。", "claim.completion-words"),
     ("支出决算为45.00万元，完成预算95%，决算数大于预算数的主要原因是追加。", "claim.completion-words"),
     ("支出决算为45.00万元，完成预算105%，决算数小于预算数的主要原因是节约。", "claim.completion-words")],
)  # fmt: skip
def test_a_completion_rate_that_cannot_be_is_an_error(sentence: str, code: str) -> None:
    (finding,) = [claim.finding for claim in claims(sentence) if claim.finding is not None]
    assert (finding.code, finding.severity) == (code, Severity.ERROR)


def test_nothing_of_nothing_is_not_evaluable() -> None:
    (claim,) = claims("年初预算为0万元，支出决算为0万元，完成年初预算的0%。")
    assert claim.outcome is Outcome.NOT_EVALUABLE


# What the kinds stand on


def test_mentions_carry_their_words_and_brackets() -> None:
    text = "一、2023年“三公”经费支出决算为1.5万元（其中：公务接待费 0.5 万元），占0.10%。"
    found = [(m.label, str(m.value), m.depth) for m in mentions(text)]
    assert found == [
        ("“三公”经费支出决算为", "1.5万元", 0),
        ("公务接待费", "0.5万元", 1),
        ("占", "0.10%", 0),
    ]
    assert [text[m.start : m.end] for m in mentions(text)] == ["1.5万元", "0.5 万元", "0.10%"]


@pytest.mark.parametrize("text", ["3.50元/人", "300人", "50辆", "2023年", "0.5元 ／次", "第3.2条"])
def test_what_is_no_sum_of_money_is_not_mentioned(text: str) -> None:
    assert mentions(text) == ()


def test_sentences_end_outside_brackets() -> None:
    text = "甲支出1元（见表1。）共2元。乙支出3元"
    assert [text[start:end] for start, end in sentences(text)] == ["甲支出1元（见表1。）共2元。", "乙支出3元"]
    assert depth_at(text, text.index("见")) == 1


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("本年支出合计", "2023年本年支出合计为", True), ("“三公”经费", "三公经费支出决算", True),
     ("基本支出", "项目支出", False), ("一般公共预算财政拨款支出", "政府性基金预算财政拨款支出", False),
     ("财政拨款收入", "财政拨款支出", False),
     ("收入支出总计", "财政拨款收入支出总计数", True), ("", "支出", False)],
)  # fmt: skip
def test_labels_name_the_same_only_with_the_same_words(one: str, other: str, same: bool) -> None:
    assert same_label(one, other) == same == same_label(other, one)
