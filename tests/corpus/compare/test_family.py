"""Which documents came before a new one."""

from dataclasses import replace
from datetime import date

import pytest

from corpus.compare.family import find_priors, folded_number, succeeded
from corpus.compare.titles import own_title, plan_name
from corpus.model.change import Relation
from corpus.model.official import CitedDocument
from tests.corpus.compare.ledgers import commitment, document, ledger, target

TITLE = "某省人民政府关于印发《某省“十四五”养老服务规划》的通知"


def rules(new, *library):
    found = find_priors(ledger([], of=new), [ledger([], of=document) for document in library])
    return [(relation.prior_id, relation.rule) for relation in found]


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("某省“十三五”养老服务规划", "某省“十四五”养老服务规划"),
        ("某省“十三五”时期养老服务规划", "某省 “十四五”养老服务规划"),
        ("某省人民政府关于印发某省“十三五”养老服务规划的通知", TITLE),
        ("某市2022年重点民生实事工作方案", "某市2023年重点民生实事工作方案"),
        ("某市智慧城市行动计划（2018—2020年）", "某市智慧城市行动计划（2021-2023年）"),
        ("某省发展第十三个五年规划纲要", "某省发展第十四个五年规划和2035年远景目标纲要"),
        ("某省普惠托育方案（第一版）", "某省普惠托育方案（第二版）"),
        ("某省第三期学前教育行动计划", "某省第四期学前教育行动计划"),
        ("某市2021年度政务公开工作要点", "关于印发《某市2022年度政务公开工作要点》的通知"),
        ("某省养老服务规划（2021—2025年）", "关于印发《某省养老服务规划（2023年调整）》的通知"),
    ],
)  # fmt: skip
def test_the_plan_of_the_period_before_is_a_prior_and_never_the_other_way(earlier, later):
    old, new = document("old", title=earlier), document("new", title=later)
    assert rules(new, old) == [("old", "earlier_plan")]
    assert rules(old, new) == []


@pytest.mark.parametrize(
    ("sentence", "rule"),
    [
        ("《某省托育办法》（某政〔2019〕23号）同时废止。", "supersedes"),
        ("此前印发的某政〔2019〕23号文件予以废止。", "supersedes"),
        ("《某省托育办法》（某政[2019]23号）、《某省助餐办法》同时废止。", "supersedes"),
        ("根据《某省托育办法》（某政〔2019〕23号）制定。原有目录同时废止。", "cited"),
        ("根据《某省托育办法》（某政〔2019〕23号）制定本细则。", "cited"),
    ],
)
def test_document_that_the_new_one_ends_is_superseded(sentence, rule):
    old = document("old", title="某省托育办法", number="某政〔2019〕23号")
    cited = (CitedDocument("某省托育办法", "某政〔2019〕23号"),)
    new = replace(document("new", title="某省托育服务细则"), text=sentence, cited_documents=cited)
    assert rules(new, old) == [("old", rule)]


def test_only_the_last_period_before_counts():
    earlier = [
        document(which, title=f"某省“{which}”养老服务规划")
        for which in ("十二五", "十三五", "十五五")
    ]
    assert rules(document("new", title=TITLE), *earlier) == [("十三五", "earlier_plan")]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("某省“十三五”养老服务规划", "某省“十四五”教育事业规划"),
        ("某省养老服务条例", "某省“十四五”养老服务规划"),
        ("通知", "通知"),
        ("2022年工作要点", "2023年工作要点"),
    ],
)
def test_other_plans_are_no_priors(one, other):
    old = document("old", title=one, issuers=("某省人民政府",))
    new = document("new", title=other, issuers=("别省人民政府",))
    assert rules(new, old) == []


def test_the_same_title_or_number_is_another_version():
    new = document("new", title=TITLE, number="某政〔2021〕3号")
    draft = document("old", title="某省“十四五”养老服务规划（征求意见稿）")
    assert rules(new, draft) == [("old", "same_title")]
    assert rules(new, document("old", number="某政［2021］03号")) == [("old", "same_number")]


@pytest.mark.parametrize(
    "number", ["某政〔2021〕3号", "某政[2021]3号", "某政（2021）３号", "某政【2021】第03号"]
)
def test_a_number_is_the_same_whatever_its_brackets(number):
    assert folded_number(number) == "某政(2021)3"


def test_a_cited_document_is_a_prior_by_number_and_by_title_where_no_number_is_known():
    cites = [CitedDocument("关于加强养老服务的意见", "某政〔2019〕23号")]
    new = document("new", cites=cites)
    assert rules(new, document("old", number="某政〔2019〕23号")) == [("old", "cited")]
    assert rules(new, document("old", title="关于加强养老服务的意见")) == [("old", "cited")]
    other = document("old", title="关于加强养老服务的意见", number="别政〔2018〕1号")
    assert rules(new, other) == []


def test_never_itself_and_never_a_later_one():
    new = document("new", title=TITLE, issued=date(2021, 3, 1))
    same_file = replace(document("copy", title=TITLE), provenance=new.provenance)
    later = document("later", title=TITLE, issued=date(2022, 3, 1))
    assert rules(new, new, same_file, later) == []
    assert rules(new, document("later", title=TITLE, number="某政〔2023〕1号")) == []
    assert rules(new, document("undated", title=TITLE)) == [("undated", "same_title")]


def _promises(name, *things):
    rows = [commitment(f"建设{t}10个", t, goal=target("10个", 10, "个")) for t in things]
    return ledger(rows, of=document(name))


THINGS = ("养老服务中心", "家庭托育点", "城市书房", "社区食堂", "口袋公园", "充电站")


def test_documents_that_promise_mostly_the_same_are_alike():
    new = _promises("new", *THINGS)
    alike, strange, short = (
        _promises("alike", *THINGS[:5], "再生水厂"),
        _promises("strange", "高标准农田", "农村公路", "乡镇卫生院", "中小河流堤防", "水库"),
        _promises("short", *THINGS[:3]),
    )
    (relation,) = find_priors(new, [strange, alike, short])
    assert relation == Relation("new", "alike", "alike", round(5 / 6, 4))


def test_a_later_edition_is_no_prior_though_it_is_alike_and_undated():
    later = replace(
        _promises("later", *THINGS), document=document("later", title="托育方案（第九版）")
    )
    earlier = replace(later, document=document("earlier", title="托育方案（第八版）"))
    assert find_priors(earlier, [later]) == []
    assert [r.rule for r in find_priors(later, [earlier])] == ["earlier_plan"]


def test_only_documents_whose_place_is_taken_count_for_what_was_dropped():
    named = ("earlier_plan", "cited", "alike", "given")
    relations = [Relation("new", rule, rule, 1.0) for rule in named]
    assert set(succeeded(relations)) == {"earlier_plan", "given"}


def test_own_title_and_period():
    assert own_title(TITLE) == "某省十四五养老服务规划"
    assert plan_name(TITLE).period == 2021
    assert plan_name("某省养老服务规划").period is None
