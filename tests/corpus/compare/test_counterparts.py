"""The same commitment in all documents of a library, found without comparing with each."""

import random
import time

from corpus.compare.align import AlignOptions, passes
from corpus.compare.candidates import CandidateOptions, Candidates
from corpus.compare.counterparts import counterparts
from corpus.compare.similarity import similarities
from tests.corpus.compare.ledgers import commitment, moved, target

WHAT = (
    "养老",
    "托育",
    "社区",
    "冷链",
    "文旅",
    "数字",
    "林业",
    "水利",
    "海洋",
    "康养",
    "助餐",
    "环保",
)
WHICH = ("示范", "实训", "创新", "服务", "培训", "监测", "孵化", "展示", "研发", "体验")
THING = ("基地", "中心", "园区", "平台", "学校", "企业", "站点")


def row(name, n, of):
    return moved(commitment(f"建设{n}个{name}", name, goal=target(f"{n}个", n, "个")), of)


def library(size, seed=0):
    chance = random.Random(seed)
    pick = lambda: chance.choice(WHAT) + chance.choice(WHICH) + chance.choice(THING)  # noqa: E731
    return [row(pick(), chance.randrange(1, 99), f"d{i // 20}") for i in range(size)]


def test_all_documents_that_say_it_are_found_and_none_by_its_number():
    wanted = row("省级高水平养老护理学校", 70, "new")
    same = [row("高水平养老护理学校", n, f"d{n}") for n in (70, 60, 25)]
    others = [row("社区食堂", 70, "x"), row("高水平托育企业", 70, "y")]
    found = list(counterparts(wanted, Candidates([*others, *same])))
    assert {each.other.evidence.document_id for each in found} == {"d70", "d60", "d25"}
    assert found == sorted(found, key=lambda each: -each.similarity)


def test_its_own_document_is_no_counterpart():
    wanted = row("高水平养老护理学校", 70, "new")
    assert list(counterparts(wanted, Candidates([row("高水平养老护理学校", 60, "new")]))) == []


def test_candidates_miss_nothing_that_comparing_with_all_would_find():
    rows = library(1500)
    index = Candidates(rows, CandidateOptions(postings=4000))
    expected = got = 0
    for wanted in library(40, seed=1):
        fits = passes(similarities([wanted], rows), AlignOptions())[0]
        exact = {
            id(c)
            for c, fit in zip(rows, fits, strict=True)
            if fit and c.indicator == wanted.indicator
        }
        found = {id(each) for each in index.near(wanted)}
        expected += len(exact)
        got += len(exact & found)
    assert expected > 20
    assert got / expected >= 0.99


def test_a_look_up_costs_about_the_same_in_a_library_ten_times_as_large():
    wanted = library(30, seed=2)
    took = []
    for size in (2000, 20000):
        index = Candidates(library(size), CandidateOptions(postings=3000))
        took.append(min(_processor_time(index, wanted) for _ in range(3)))
    assert took[1] < 5 * took[0] + 0.05


def _processor_time(index, wanted):
    """Of this process: another may have the processor."""
    start = time.process_time()
    for each in wanted:
        index.near(each)
    return time.process_time() - start
