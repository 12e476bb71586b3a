"""The figures that the explanation and the report of Quxian state: pattern → cell or fact."""

from __future__ import annotations

import re
from collections.abc import Iterable

from hengjian.filing import Fact
from truth.common import Cells, Sheets, Source

_NUMBER = r"([\d.]+)"
_ITEM = re.compile(r"\d+\.([^（。]+)（类）([^（]+)（款）([^（]+)（项）[:：]支出决算为([\d.]+)万元，")
_STRUCTURE = re.compile(r"([\u4e00-\u9fff]+支出)([\d.]+)万元，占[\d.]+%[；。]")


def add_sheets(sheets: Sheets, source: Source) -> None:
    """Fill the sheets of the final accounts as far as the text states them."""
    income = r"二、收入决算情况说明.*?"
    kinds = {
        "income.general_public": "一般公共预算财政拨款收入",
        "income.government_fund": "政府性基金预算财政拨款收入",
        "income.state_capital": "国有资本经营预算财政拨款收入",
        "income.superior_subsidy": "上级补助收入",
        "income.institutional": "事业收入",
        "income.operating": "经营收入",
        "income.affiliate_remittance": "附属单位上缴收入",
        "income.other": "其他收入",
        "income.total_year": "本年收入合计",
    }
    stated = {row: source.figure(f"{income}{name}{_NUMBER}万元") for row, name in kinds.items()}
    total = source.figure(rf"2022年度收、支总计{_NUMBER}万元")
    spent = source.figure(rf"本年支出合计{_NUMBER}万元")
    rows = [(row, name, {"amount": stated[row]}) for row, name in kinds.items()]
    rows += [
        ("income.total", "收入总计", {"amount": total}),
        ("expenditure.total_year", "本年支出合计", {"amount": spent}),
        ("expenditure.total", "支出总计", {"amount": total}),
    ]
    sheets.add("final.summary", rows)
    fiscal_total = source.figure(rf"2022年财政拨款收、支总计{_NUMBER}万元")
    own = {row.removeprefix("income."): text for row, text in stated.items() if row in _OWN_INCOME}
    sheets.total("final.income", {"total": stated["income.total_year"], "fiscal": fiscal_total, **own})
    sheets.total("final.expenditure", {"total": spent, **_natures(source)})
    _add_fiscal(sheets, source, stated, fiscal_total)
    _add_general_public(sheets, source)
    _add_three_public(sheets, source)


_OWN_INCOME = (
    "income.superior_subsidy",
    "income.institutional",
    "income.operating",
    "income.affiliate_remittance",
    "income.other",
)


def _natures(source: Source) -> Cells:
    natures = {
        "basic": "基本支出",
        "project": "项目支出",
        "remitted_to_superior": "上缴上级支出",
        "operating": "经营支出",
        "subsidies_to_affiliates": "对附属单位补助支出",
    }
    return {
        id_: source.figure(f"三、支出决算情况说明.*?{name}{_NUMBER}万元") for id_, name in natures.items()
    }


def _add_fiscal(sheets: Sheets, source: Source, income: Cells, total: str) -> None:
    fund = source.figure(rf"政府性基金预算拨款支出{_NUMBER}万元")
    capital = source.figure(rf"国有资本经营预算拨款支出{_NUMBER}万元")
    general = source.figure(rf"2022年一般公共预算财政拨款支出{_NUMBER}万元，占")
    by_budget = {"general_public": general, "government_fund": fund, "state_capital": capital}
    parts = {
        "income.general_public": "一般公共预算财政拨款",
        "income.government_fund": "政府性基金预算财政拨款",
        "income.state_capital": "国有资本经营预算财政拨款",
    }
    rows = [(row, name, {"amount": income[row]}) for row, name in parts.items()]
    rows += [
        ("income.total", "总计", {"amount": total}),
        ("expenditure.total_year", "本年支出合计", by_budget),
        ("expenditure.total", "总计", {"total": total}),
    ]
    sheets.add("final.fiscal_summary", rows)
    sheets.total("final.government_fund", {"income": income["income.government_fund"], "expenditure": fund})
    sheets.total("final.state_capital", {"total": capital})


def _add_general_public(sheets: Sheets, source: Source) -> None:
    """Fill the general public budget: classes of (二), items of (三), basic expenditure of 六."""
    total = source.figure(rf"2022年一般公共预算财政拨款支出{_NUMBER}万元，占")
    basic = source.figure(rf"一般公共预算财政拨款基本支出{_NUMBER}万元")
    rows = [("total", "合计", {"total": total, "basic": basic})]
    structure = source.figure(r"主要用于以下方面[:：](.*?)（图6")
    classes = [(sheets.code((name,)), name, text) for name, text in _STRUCTURE.findall(structure)]
    items = [
        (sheets.code((class_, section, item)), item, text)
        for class_, section, item, text in _ITEM.findall(
            source.figure("(完成预算100%。其中：.*?六、一般公共预算)")
        )
    ]
    rows += [(code, name, {"total": text}) for code, name, text in sorted((*classes, *items))]
    sheets.add("final.general_public", rows)
    personnel = source.figure(rf"673.68万元，其中：人员经费{_NUMBER}万元")
    public = source.figure(rf"。公用经费{_NUMBER}万元，主要包括")
    totals = [("personnel_total", "人员经费合计", personnel), ("public_total", "公用经费合计", public)]
    sheets.add("final.basic", [(row, name, {"amount": text}) for row, name, text in totals])


def _add_three_public(sheets: Sheets, source: Source) -> None:
    """Fill the three public items, and the explanation, in which a decrease is negative."""
    amounts = {
        "total": ("“三公”经费财政拨款支出决算", rf"“三公”经费财政拨款支出决算为{_NUMBER}万元"),
        "abroad": ("因公出国（境）费", rf"因公出国（境）费支出决算{_NUMBER}万元"),
        "vehicles": (
            "公务用车购置及运行维护费",
            rf"公务用车购置及运行维护费支出决算{_NUMBER}万元，占",
        ),
        "vehicle_purchase": ("公务用车购置费", rf"公务用车购置支出{_NUMBER}万元"),
        "vehicle_operation": ("公务用车运行维护费", rf"公务用车运行维护费支出{_NUMBER}万元"),
        "reception": ("公务接待费", rf"公务接待费支出决算{_NUMBER}万元，占"),
    }
    stated = {row: (name, source.figure(pattern)) for row, (name, pattern) in amounts.items()}
    sheets.add("final.three_public", [(row, name, {"final": text}) for row, (name, text) in stated.items()])
    rows = [*_explained(source)]
    for row, (name, text) in stated.items():
        cells = {"amount": text, **_three_public_changes(source, row)}
        rows.append(("three_public" if row == "total" else row, name, cells))
    cost = rf"机关运行经费支出{_NUMBER}万元"
    change = {"amount": source.figure(cost), **_decrease(source, r"与2021年决算数")}
    rows.append(("operating_cost", "机关运行经费", change))
    spent = source.figure(rf"政府采购支出总额{_NUMBER}万元")
    rows.append(("procurement", "政府采购支出总额", {"amount": spent}))
    sheets.add("final.explanation", rows)


def _explained(source: Source) -> Iterable[tuple[str, str, Cells]]:
    total = source.figure(rf"2022年度收、支总计{_NUMBER}万元")
    change = _decrease(source, "与2021年相比，收、支总计各")
    yield "total_income_expenditure", "收、支总计", {"amount": total, **change}
    fiscal = source.figure(rf"2022年财政拨款收、支总计{_NUMBER}万元")
    change = _decrease(source, "与2021年相比，财政拨款收、支总计各")
    yield "fiscal_total", "财政拨款收、支总计", {"amount": fiscal, **change}
    yield "income_year", "本年收入合计", {"amount": source.figure(rf"本年收入合计{_NUMBER}万元")}
    yield "expenditure_year", "本年支出合计", {"amount": source.figure(rf"本年支出合计{_NUMBER}万元")}
    general = source.figure(rf"2022年一般公共预算财政拨款支出{_NUMBER}万元，占")
    change = _decrease(source, "与2021年相比，一般公共预算财政拨款支出")
    done = source.figure(r"一般公共预算支出决算数为[\d.]+万元，完成预算([\d.]+%)")
    yield "general_public", "一般公共预算财政拨款支出", {"amount": general, **change, "completion": done}


def _three_public_changes(source: Source, row: str) -> Cells:
    """Return the change and completion of an item; 持平 states that nothing changed."""
    level = {"change": "0"}
    done = {
        "total": r"“三公”经费财政拨款支出决算为[\d.]+万元，完成预算数的([\d.]+%)",
        "abroad": r"因公出国（境）经费支出0万元，完成预算([\d.]+%)",
        "vehicles": r"公务用车购置及运行维护费支出1.31万元,完成预算([\d.]+%)",
        "reception": r"3.公务接待费支出[\d.]+万元，完成预算([\d.]+%)",
    }
    decreased = {
        "total": "完成预算数的100%，较上年",
        "vehicles": "公务用车购置及运行维护费支出决算比2021年",
    }
    if row not in done:
        return {}
    change = _decrease(source, decreased[row]) if row in decreased else level
    return {**change, "completion": source.figure(done[row])}


def _decrease(source: Source, before: str) -> Cells:
    """Return a decrease and its rate, which the text states without a sign."""
    change = source.figure(rf"{before}减少{_NUMBER}万元")
    rate = source.figure(rf"{before}减少[\d.]+万元，(?:下降|减少)([\d.]+%)")
    return {"change": f"-{change}", "change_rate": f"-{rate}"}


def stated_facts(source: Source) -> Iterable[Fact]:
    """Return the figures of the text that no form holds."""
    for key, unit, section, pattern in _FACTS:
        yield source.fact(key, unit, section, pattern)


_INCOME = "第二部分 二、收入决算情况说明"
_SPENT = "第二部分 三、支出决算情况说明"
_GENERAL = "第二部分 五、（一）一般公共预算财政拨款支出决算总体情况"
_CLASSES = "第二部分 五、（二）一般公共预算财政拨款支出决算结构情况"
_REPORT = "第四部分 附件 二、部门资金收支情况"
_STAFF = "第四部分 附件 一、（二）机构职能和人员概况"
_VEHICLES = "第二部分 七、（二）“三公”经费财政拨款支出决算具体情况说明"
_ASSETS = "第二部分 十、（三）国有资产占有使用情况"
_RESULTS = "第四部分 附件 三、（二）部门整体履职绩效分析"
_MANAGED = "第二部分 十、（四）预算绩效管理情况"
_FACTS = (
    ("下属二级预算单位", "个", "第一部分 二、机构设置", r"下属二级预算单位(\d+)个"),
    ("行政单位", "个", "第一部分 二、机构设置", r"其中行政单位(\d+)个"),
    ("参照公务员法管理的事业单位", "个", "第一部分 二、机构设置", r"参照公务员法管理的事业单位(\d+)个"),
    ("其他事业单位", "个", "第一部分 二、机构设置", r"其他事业单位(\d+)个"),
    ("一般公共预算财政拨款收入占比", "%", _INCOME, r"收入7056.14万元，占([\d.]+)%"),
    ("政府性基金预算财政拨款收入占比", "%", _INCOME, r"收入357.45万元，占([\d.]+)%"),
    ("基本支出占比", "%", _SPENT, r"基本支出673.68万元，占(9[\d.]+)%"),
    ("项目支出占比", "%", _SPENT, r"项目支出6739.91万元，占([\d.]+)%"),
    ("占本年支出合计", "%", _GENERAL, r"占本年支出合计的([\d.]+)%"),
    ("社会保障和就业支出占比", "%", _CLASSES, r"社会保障和就业支出59.79万元，占([\d.]+)%"),
    ("卫生健康支出占比", "%", _CLASSES, r"卫生健康支出6950.36万元，占([\d.]+)%"),
    ("农林水支出占比", "%", _CLASSES, r"农林水支出3.20万元，占([\d.]+)%"),
    ("住房保障支出占比", "%", _CLASSES, r"住房保障支出42.79万元，占([\d.]+)%"),
    ("公务用车购置及运行维护费占比", "%", _VEHICLES, r"支出决算1.31万元，占([\d.]+)%"),
    ("公务接待费占比", "%", _VEHICLES, r"公务接待费支出决算0.07万元，占([\d.]+)%"),
    ("因公出国（境）团组", "次", _VEHICLES, r"因公出国（境）团组(\d+)次"),
    ("因公出国（境）人次", "人", _VEHICLES, r"团组0次，出国（境）(\d+)人"),
    ("更新购置公务用车", "辆", _VEHICLES, r"更新购置公务用车(\d+)辆"),
    ("年末公务用车", "辆", _VEHICLES, r"单位共有公务用车(\d+)辆"),
    ("国内公务接待支出", "万元", _VEHICLES, r"国内公务接待支出([\d.]+)万元"),
    ("国内公务接待批次", "批次", _VEHICLES, r"国内公务接待(\d+)批次"),
    ("国内公务接待人次", "人次", _VEHICLES, r"批次，(\d+)人次（不包括陪同人员）"),
    ("外事接待支出", "万元", _VEHICLES, r"外事接待支出([\d.]+)万元"),
    ("车辆", "辆", _ASSETS, r"渠县医疗保障局共有车辆(\d+)辆"),
    ("单价100万元以上专用设备", "台（套）", _ASSETS, r"单价100万元以上专用设备(\d+)台（套）"),
    ("开展预算事前绩效评估的项目", "个", _MANAGED, r"等(\d+)个项目开展了预算事前绩效评估"),
    ("编制绩效目标的项目", "个", _MANAGED, r"对(\d+)个项目编制了绩效目标"),
    ("开展绩效监控的项目", "个", _MANAGED, r"选取(\d+)个项目开展绩效监控"),
    ("实有在编人员", "人", _STAFF, r"实有在编人员(\d+)人"),
    ("行政编制", "名", _STAFF, r"行政编制(\d+)名"),
    ("实有公务员", "人", _STAFF, r"实有公务员(\d+)人"),
    ("参公事业编制", "名", _STAFF, r"参公事业编制(\d+)名"),
    ("参公实有", "人", _STAFF, r"参公事业编制32名，实有(\d+)人"),
    ("事业编制", "名", _STAFF, r"，事业编制(\d+)名"),
    ("事业实有", "人", _STAFF, r"事业编制13名，实有(\d+)人"),
    ("编外聘用人员", "人", _STAFF, r"编外聘用人员(\d+)人"),
    ("部门总收入", "万元", _REPORT, r"2022年部门总收入([\d.]+)万元"),
    ("部门总收入中的城乡居民参保县级配套资金", "万元", _REPORT, r"县级配套资金([\d.]+)万元"),
    ("一般公共预算财政拨款收入", "万元", _REPORT, r"(11652.66)万元"),
    ("一般公共预算财政拨款收入占比", "%", _REPORT, r"11652.66万元，占([\d.]+)%"),
    ("政府性基金预算财政拨款收入占比", "%", _REPORT, r"11652.66万元.*?357.45万元，占([\d.]+)%"),
    ("部门总支出", "万元", _REPORT, r"2022年部门总支出([\d.]+)万元"),
    ("基本支出占比", "%", _REPORT, r"部门总支出.*?基本支出673.68万元，占([\d.]+)%"),
    ("项目支出", "万元", _REPORT, r"(11336.43)万元"),
    ("项目支出占比", "%", _REPORT, r"11336.43万元，占([\d.]+)%"),
    ("城乡居民参保人数", "万人", _RESULTS, r"全县城乡居民参保([\d.]+)万人"),
    ("接种疫苗", "剂次", _RESULTS, r"2022年度接种(\d+)剂次"),
    ("支付接种费用", "万元", _RESULTS, r"支付接种费用([\d.]+)万元"),
    ("发放海报", "份", _RESULTS, r"发放海报(\d+)份"),
    ("发放宣传折页", "份", _RESULTS, r"发放宣传折页(\d+)份"),
    ("制作宣传栏", "版", _RESULTS, r"制作宣传栏(\d+)版"),
    ("张贴举报电话", "张（原文“1000余张”）", _RESULTS, r"张贴(\d+)余张举报电话"),
    ("派驻工作人员", "名", _RESULTS, r"业务能力强的(\d+)名工作人员"),
    ("定点医疗机构", "家", _RESULTS, r"派驻全县(\d+)家定点医疗机构"),
)
