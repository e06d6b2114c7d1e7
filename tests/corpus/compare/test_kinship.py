"""The graph of a library: what documents say of each other, and what titles and dates tell."""

from dataclasses import replace
from datetime import date

from corpus.compare.kinship import around, kinship
from corpus.works import works
from tests.corpus.compare.ledgers import document


def paper(name, text="", **header):
    return replace(document(name, **header), text=text)


OLDEST = paper(
    "p12", title="云岭省“十二五”养老规划", number="云政〔2011〕9号", issued=date(2011, 5, 1)
)
OLD = paper(
    "p13", title="云岭省“十三五”养老规划", number="云政〔2016〕8号", issued=date(2016, 5, 1)
)
PLAN = paper(
    "p14",
    "根据《国家养老规划》，结合“十三五”实施情况制定。",
    number="云政〔2021〕2号",
    title="云岭省“十四五”养老规划",
    issued=date(2021, 5, 1),
)
CITY = paper(
    "city",
    "为贯彻落实《云岭省“十四五”养老规划》（云政〔2021J2号），制定本方案。",
    title="青禾市养老实施方案",
    issued=date(2022, 1, 1),
)
LIBRARY = [OLDEST, OLD, PLAN, CITY]


def links(*papers):
    graph = kinship(papers, works(papers))
    return {(link.kind.value, link.source, link.target) for link in graph.links}


def test_a_library_is_tied_together_by_what_is_said_and_by_periods():
    assert links(*LIBRARY) == {
        ("implements", "city", "p14"),
        ("based_on", "p14", None),
        ("continues", "p14", "p13"),
        ("continues", "p13", "p12"),
    }


def test_what_is_said_comes_with_its_words_and_what_is_concluded_without():
    graph = kinship(LIBRARY, works(LIBRARY))
    said = next(link for link in graph.links if link.source == "city")
    assert said.evidence is not None
    assert said.evidence.quote.startswith("为贯彻落实《")
    assert all(link.evidence is None for link in graph.links if link.kind.value == "continues")


def test_around_follows_versions_all_the_way_and_others_one_step():
    graph = kinship(LIBRARY, works(LIBRARY))
    assert {work.id for work in around(graph, "p12").works} == {"p12", "p13", "p14"}
    assert {work.id for work in around(graph, "city").works} == {"city", "p14"}


def test_a_draft_becomes_the_first_final_text_after_it():
    draft = paper("draft", title="云岭省助餐管理办法（征求意见稿）", issued=date(2023, 1, 1))
    final = paper("final", title="云岭省助餐管理办法", issued=date(2023, 6, 1))
    assert links(draft, final) == {("finalises", "final", "draft")}


def test_an_adjusted_plan_amends_and_a_repealed_one_is_known_to_be():
    plan = paper("a", title="云岭省养老规划（2021—2025年）", issued=date(2021, 5, 1))
    adjusted = paper("b", title="云岭省养老规划（2023年调整）", issued=date(2023, 5, 1))
    assert links(plan, adjusted) == {("amends", "b", "a")}
    new = paper(
        "new",
        "《云岭省养老规划（2021—2025年）》同时废止。",
        title="云岭省养老条例",
        issued=date(2024, 1, 1),
    )
    graph = kinship([plan, new], works([plan, new]))
    assert graph.repealed("a")
    assert not graph.repealed("new")


def test_an_equal_title_of_a_later_day_supersedes_with_a_doubt():
    first = paper("a", title="云岭省养老助餐办法", issued=date(2021, 5, 1))
    second = paper("b", title="云岭省养老助餐办法", issued=date(2024, 5, 1))
    (link,) = kinship([first, second], works([first, second])).links
    assert (link.kind.value, link.source) == ("supersedes", "b")
    assert link.doubt == "标题相同而日期在后，文件本身没有写明替代"
