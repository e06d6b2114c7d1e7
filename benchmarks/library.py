"""Synthetic libraries: policy documents as they might be, any number of them, from a seed.

    PYTHONPATH=. python benchmarks/library.py sqlite:////tmp/x/taizhang.db 100000 [--seed 1]

What is in them follows what was counted in 202 public documents (6,582 commitments): new names go
on turning up as a library grows (2,593 in 3,200 commitments, 4,766 in 6,400), a few are everywhere
(the most frequent in 0.7 % of the commitments), four in ten have no number, a name has 7 letters
in the median and a sentence 50. Names are drawn by a Pitman-Yor process, which does just that:
a new one with a probability that falls slowly, else one that somebody has used before.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from corpus.model.commitment import Commitment, Ledger
from corpus.model.document import Block, BlockKind, Document, Page, Provenance
from corpus.model.geometry import Span
from corpus.model.ids import fingerprint, short_id
from corpus.model.official import CitedDocument, OfficialHeader
from corpus.model.organisation import ResponsibleUnit, Role
from corpus.model.period import Deadline, DeadlineKind
from corpus.model.quantity import Basis, Bound, Quantity, Target

# Letters of place names; 3,600 of two letters each, none of them meant for a real one.
_FIRST = "云青松白清紫金玉平安和永长兴瑞景星岚霞溪柳桐枫梧竹兰芷荷菱苇泉涧潭泽湖海江河沙石岩峰"
_SECOND = "岭川原阳阴山水城塘洲湾浦津渡桥关堡寨坪岗坡丘谷源林野田园苑陵台亭堤坝港屿岛屏峡"
_OF = (
    "养老", "托育", "助餐", "康复", "护理", "急救", "疾控", "中医", "药品", "食品", "职教",
    "学前", "高教", "科普", "文博", "非遗", "旅游", "体育", "影视", "出版", "农田", "种业",
    "畜牧", "渔业", "林草", "湿地", "水库", "灌区", "河道", "海塘", "供水", "污水", "垃圾",
    "固废", "土壤", "大气", "风电", "光伏", "储能", "氢能", "电网", "燃气", "热力", "煤矿",
    "油气", "钢铁", "化工", "纺织", "轻工", "船舶", "航空", "轨道", "公路", "港口", "航道",
    "机场", "物流", "冷链", "电商", "外贸", "口岸", "会展", "金融", "保险", "信贷", "税收",
    "国资", "招商", "创业", "就业", "技工", "人才", "专利", "标准", "计量", "质检", "算力",
    "数据", "软件", "芯片", "传感", "机器人", "新材料", "生物药", "医疗器械", "气象", "地震",
    "消防", "应急", "防汛", "救灾", "社保", "低保", "残疾人", "儿童", "妇女", "青年", "老年人",
    "退役军人", "社区", "乡村", "集镇", "老旧小区", "保障房", "公租房", "停车", "绿道", "公园",
    "口袋公园", "充电", "公交", "慢行", "地下管网", "海绵城市",
)  # fmt: skip
_WHAT = (
    "中心", "基地", "园区", "平台", "站点", "企业", "学校", "医院", "机构", "项目", "工程",
    "示范区", "示范点", "实验室", "服务站", "产业链", "集群", "品牌", "床位", "学位", "岗位",
    "车位", "泵站", "面积", "里程", "产量", "产能", "产值", "营业收入", "投资额", "进出口额",
    "贷款余额", "覆盖率", "达标率", "利用率", "普及率", "合格率", "回收率", "增速", "占比",
    "人数", "人次", "农户", "村庄",
)  # fmt: skip
_KIND = (
    "高水平", "现代化", "标准化", "数字化", "智能化", "绿色", "普惠", "公办", "民办", "示范性",
    "骨干", "特色", "重点", "新型", "综合", "专业", "区域", "国家级", "省级", "市级", "县级",
    "跨境", "农村", "城镇", "基层", "大型", "中小", "规上", "高标准", "低碳",
)  # fmt: skip
_DONE = ("建成", "改造", "新增", "新建", "培育", "认定", "提升", "完成", "扶持", "达标")
_SCOPE = ("全省", "全市", "全县", "全域", "城区", "年度", "累计", "主要")
_UNITS = (
    "发展和改革委员会", "教育厅", "科学技术厅", "工业和信息化厅", "民政厅", "财政厅",
    "自然资源厅", "生态环境厅", "住房和城乡建设厅", "交通运输厅", "水利厅", "农业农村厅",
    "商务厅", "文化和旅游厅", "卫生健康委员会", "应急管理厅", "市场监督管理局", "统计局",
    "体育局", "林业局",
)  # fmt: skip
_MEASURES = (
    ("%", 100), ("个", 500), ("所", 200), ("家", 1000), ("万人", 300), ("人", 20000),
    ("公里", 3000), ("万亩", 2000), ("亿元", 5000), ("张", 20000), ("万吨", 900),
    ("万千瓦", 1500), ("个百分点", 10),
)  # fmt: skip
_CLAUSES = (
    "健全长效管理机制", "完善配套政策", "强化要素保障", "加大资金投入", "压实属地责任",
    "优化空间布局", "推动资源共建共享", "落实全过程监管", "开展年度评估", "补齐短板弱项",
    "引导社会力量参与", "形成可复制的经验", "提高服务质量", "加强队伍建设", "严格项目准入",
    "定期公布进展",
)  # fmt: skip
_HEADS = ("总体要求", "主要目标", "重点任务", "重大工程", "保障措施", "组织实施", "改革创新")
_TYPES = ("规划", "实施方案", "行动计划", "工作要点", "实施意见", "三年行动方案")
# What every plan and report has, the first most of all.
_EVERYWHERE = (
    "地区生产总值增速", "城镇新增就业", "城镇调查失业率", "居民消费价格涨幅", "粮食产量",
    "森林覆盖率", "常住人口城镇化率", "研发经费投入强度", "单位能耗降幅",
    "居民人均可支配收入增速", "优良天数比例", "固定资产投资增速", "社会消费品零售总额增速",
    "一般公共预算收入增速", "高新技术企业", "高标准农田", "人均预期寿命", "数字经济占比",
    "每千人口执业医师数", "义务教育巩固率", "基本养老保险参保率", "非化石能源占比",
    "劣五类水体比例", "千兆宽带用户",
)  # fmt: skip
_BOUNDS = {
    Bound.AT_LEAST: "{}以上", Bound.ABOUT: "{}左右", Bound.EXACTLY: "{}", Bound.AT_MOST: "{}以内",
    Bound.ABOVE: "超过{}",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class LibraryOptions:
    """``discount`` and ``concentration`` of the process that draws names: so many that 6,400
    commitments have 4,700; ``variant`` is how often a new name is an old one with a word more or
    less, ``everywhere`` how often the name is one that every document has, ``sentence`` how often
    there is none at all."""

    discount: float = 0.85
    concentration: float = 300.0
    variant: float = 0.4
    sentence: float = 0.03
    everywhere: float = 0.03
    numbered: float = 0.6
    mean: float = 50.0
    new: int = 100


class Writer:
    """Writes documents one after the other; the same ones for the same seed."""

    def __init__(self, seed: int = 1, options: LibraryOptions | None = None) -> None:
        self._chance = random.Random(seed)
        self._options = options or LibraryOptions()
        self._names: list[str] = []
        self._used: list[int] = []
        self._known: set[str] = set()
        self._titles: list[tuple[str, str]] = []
        self._serial: dict[tuple[str, int], int] = {}

    def ledgers(self, commitments: int) -> Iterator[Ledger]:
        """Documents that have so many commitments together."""
        left = commitments
        while left > 0:
            size = min(left, max(5, round(self._chance.lognormvariate(0, 0.6) * self._mean)))
            yield self.ledger(size)
            left -= size

    @property
    def _mean(self) -> float:
        return self._options.mean / 1.2  # the mean of that distribution

    def ledger(self, size: int) -> Ledger:
        """One document with so many commitments."""
        header, cited = self._header(), self._cited()
        parts: list[str] = [header.title or ""]
        drawn: list[tuple[Span, str, str | None, Target | None, Deadline | None]] = []
        at = len(parts[0]) + 1
        for _ in range(size):
            task, name, target, deadline = self._sentence()
            drawn.append((Span(at, at + len(task)), task, name, target, deadline))
            parts.append(task)
            at += len(task) + 1
        text = "\n".join(parts)
        digest = fingerprint(text.encode("utf-8"))
        document = Document(
            short_id("d", digest), text, Provenance(f"{digest[:12]}.txt", digest, "text/plain"),
            (Page(1),), blocks=(Block(BlockKind.PARAGRAPH, Span(0, len(text))),), official=header,
            cited_documents=cited,
        )  # fmt: skip
        place = (header.issuers[0])[:3]
        rows = tuple(self._row(document, place, number, each) for number, each in enumerate(drawn))
        return Ledger(document, rows)

    def _row(
        self,
        document: Document,
        place: str,
        number: int,
        drawn: tuple[Span, str, str | None, Target | None, Deadline | None],
    ) -> Commitment:
        span, task, name, target, deadline = drawn
        chance = self._chance
        units = chance.sample(_UNITS, chance.choices((0, 1, 2, 3), (35, 40, 15, 10))[0])
        return Commitment(
            id=short_id("c", document.id, str(number)),
            section=(chance.choice(_HEADS), chance.choice(_OF) + chance.choice(_CLAUSES)),
            task=task,
            action=chance.choice(_DONE),
            indicator=name,
            target=target,
            deadline=deadline,
            responsible_units=tuple(
                ResponsibleUnit(unit, place + unit, Role.LEAD if not at else Role.COOPERATING)
                for at, unit in enumerate(units)
            ),
            evidence=document.cite(span),
            confidence=round(chance.uniform(0.5, 1.0), 3),
            rules=("synthetic",),
        )

    def _sentence(self) -> tuple[str, str | None, Target | None, Deadline | None]:
        chance = self._chance
        name, year = self._name(), chance.randrange(2018, 2036)
        target = self._target() if chance.random() < self._options.numbered else None
        tail = "，".join(chance.sample(_CLAUSES, chance.choices((0, 1, 2, 3), (10, 30, 40, 20))[0]))
        start = f"到{year}年，" if chance.random() < 0.5 else ""
        middle = f"{self._place()}{chance.choice(_OF)}方面{chance.choice(_DONE)}{name}"
        task = f"{start}{middle}{target.raw if target else ''}{'，' if tail else ''}{tail}。"
        deadline = Deadline(start[:-1], DeadlineKind.BY, end=date(year, 12, 31)) if start else None
        return task, None if chance.random() < self._options.sentence else name, target, deadline

    def _target(self) -> Target:
        chance = self._chance
        unit, most = chance.choice(_MEASURES)
        amount = Decimal(max(1, round(chance.random() ** 2 * most)))
        bound = chance.choice(tuple(_BOUNDS))
        plain = unit.removeprefix("万") if unit != "万亩" else unit
        value = amount * 10_000 if plain != unit else amount
        raw = _BOUNDS[bound].format(f"{amount}{unit}")
        basis = chance.choice((Basis.LEVEL, Basis.LEVEL, Basis.INCREMENT))
        return Target(raw, Quantity(value, value, plain), bound, basis)

    def _name(self) -> str:
        """Pitman-Yor: new with probability (c + d·names) / (c + drawn), else as often as used."""
        options, chance = self._options, self._chance
        if chance.random() < options.everywhere:
            ranks = [1 / rank for rank in range(1, len(_EVERYWHERE) + 1)]
            return chance.choices(_EVERYWHERE, ranks)[0]
        fresh = options.concentration + options.discount * len(self._names)
        if not self._used or chance.random() < fresh / (options.concentration + len(self._used)):
            self._names.append(self._new_name())
            self._used.append(len(self._names) - 1)
        else:
            self._used.append(self._used[chance.randrange(len(self._used))])
        return self._names[self._used[-1]]

    def _new_name(self) -> str:
        chance = self._chance
        while True:
            if self._names and chance.random() < self._options.variant:
                name = self._varied(self._names[self._used[chance.randrange(len(self._used))]])
            else:
                name = self._composed()
            if name not in self._known and len(name) <= 24:
                self._known.add(name)
                return name

    def _composed(self) -> str:
        chance = self._chance
        parts = (
            self._place() if chance.random() < 0.25 else "",
            chance.choice(_KIND) if chance.random() < 0.5 else "",
            chance.choice(_OF),
            chance.choice(_OF) if chance.random() < 0.4 else "",
            chance.choice(_WHAT),
            chance.choice(_WHAT) if chance.random() < 0.2 else "",
        )
        return "".join(parts)

    def _varied(self, name: str) -> str:
        """With a word before it, behind it, or one of its own left out."""
        chance = self._chance
        way = chance.randrange(4)
        if way == 0:
            return chance.choice(_SCOPE) + name
        if way == 1:
            return chance.choice(_KIND) + name
        if way == 2:
            return name + chance.choice(("建设", "数量", "总数", "改造提升"))
        cut = chance.randrange(0, max(1, len(name) - 4))
        return name[:cut] + name[cut + 2 :]

    def _place(self) -> str:
        return self._chance.choice(_FIRST) + self._chance.choice(_SECOND)

    def _header(self) -> OfficialHeader:
        chance = self._chance
        place, year = self._place() + chance.choice("省市县"), chance.randrange(2010, 2026)
        code = place[:1] + chance.choice(("政发", "政办发", "发改", "建发", "教发"))
        serial = self._serial[code, year] = self._serial.get((code, year), 0) + 1
        what = chance.choice(_OF) + chance.choice(("事业", "产业", "服务", "体系建设"))
        period = chance.choice(("“十三五”", "“十四五”", f"{year}年", ""))
        title = f"{place}{period}{what}{chance.choice(_TYPES)}"
        number = f"{code}〔{year}〕{serial}号"
        self._titles.append((title, number))
        return OfficialHeader(
            title=title, document_number=number, issuers=(f"{place}人民政府",),
            date_of_issue=date(year, chance.randrange(1, 13), chance.randrange(1, 29)),
        )  # fmt: skip

    def _cited(self) -> tuple[CitedDocument, ...]:
        """Documents that came before; one in three is named by its title alone."""
        chance = self._chance
        named = [chance.choice(self._titles) for _ in range(chance.randrange(0, 6))]
        return tuple(
            CitedDocument(title, number if chance.random() < 0.67 else None)
            for title, number in dict.fromkeys(named)
        )


def main() -> None:
    """Make a library of so many commitments at a database URL that has none."""
    from benchmarks.bulk import load

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url")
    parser.add_argument("commitments", type=int)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    start = time.perf_counter()
    count = load(options.url, Writer(options.seed).ledgers(options.commitments))
    sys.stdout.write(f"{count} documents in {time.perf_counter() - start:.0f} s\n")


if __name__ == "__main__":
    main()
