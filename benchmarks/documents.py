"""Small plans of our own writing, as many as asked for: each subject has one of 2021 and one of
2024, with other numbers, so that there is something to read and something to compare.
"""

from __future__ import annotations

import random
from pathlib import Path

_PLACES = ("云岭省", "松山市", "青川市", "白河市", "石门县", "柳溪县", "东屏县", "南麓县")
_WHOSE = (
    "农村", "城镇", "社区", "山区", "沿江", "林区", "牧区", "园区", "学校", "企业", "家庭",
    "基层", "边远", "老旧", "骨干", "流动",
)  # fmt: skip
_WHAT = (
    "养老", "托育", "供水", "图书", "体育", "殡葬", "档案", "公路", "水土", "康复", "避难",
    "冷链", "古树", "供暖", "消防", "急救", "防汛", "种子", "渔港", "气象", "邮政", "屠宰",
    "矿山", "博物", "广播", "戏曲", "护林", "灌溉", "桥梁", "码头", "路灯", "公厕", "菜场",
    "粮仓", "沼气", "井盖", "步道", "球场", "泳池", "考点",
)  # fmt: skip
_PLACED = (
    "服务站", "中心", "示范点", "培训班", "实验室", "监测点", "配送点", "工作室", "志愿队",
    "管护所", "信息库", "展示厅",
)  # fmt: skip
_KINDS = (
    "设施建设",
    "能力提升",
    "服务保障",
    "质量改进",
    "人才培养",
    "安全管理",
    "资金使用",
    "绩效",
)
_DOES = ("新建", "改造", "配备", "建成", "修缮", "设立", "扶持", "评定")
_MEASURES = {"培训班": "期", "志愿队": "支", "实验室": "间"}
_UNITS = (
    "民政局",
    "教育局",
    "财政局",
    "水利局",
    "人力资源社会保障局",
    "交通运输局",
    "文化和旅游局",
)


def write(folder: Path, count: int, *, seed: int = 7) -> list[Path]:
    """``count`` files of about 400 characters."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for number in range(count):
        path = folder / f"{number:05}.txt"
        path.write_text(_plan(number // 2, 2021 + 3 * (number % 2), seed), "utf-8")
        paths.append(path)
    return paths


def _plan(subject: int, year: int, seed: int) -> str:
    chosen = random.Random(f"{seed}-{subject}")
    place = chosen.choice(_PLACES)
    topic = f"{chosen.choice(_WHOSE)}{chosen.choice(_WHAT)}{chosen.choice(_KINDS)}"
    things = [
        (chosen.choice(_DOES), chosen.choice(_WHOSE) + chosen.choice(_WHAT), chosen.choice(_PLACED))
        for _ in range(5)
    ]
    figures = random.Random(f"{seed}-{subject}-{year}")
    lines = [
        f"{place}人民政府办公室关于印发{place}{topic}方案的通知", "",
        f"{place[:1]}政办发〔{year}〕{subject + 1}号", "",
        "各有关单位：", "",
        f"现将《{place}{topic}方案》印发给你们，请认真贯彻执行。", "",
        "一、总体要求", "",
        f"统筹推进{topic}，补齐短板，做到责任到人、按时完成。", "",
        "二、主要任务", "",
    ]  # fmt: skip
    for numeral, (does, whose, thing) in zip("一二三四五", things, strict=True):
        measure = _MEASURES.get(thing, "个")
        lines += [
            f"（{numeral}）到{year + figures.randint(1, 4)}年，{does}{whose}{thing}"
            f"{figures.randint(3, 90) * 10}{measure}以上，由{figures.choice(_UNITS)}牵头，"
            f"{figures.choice(_UNITS)}配合。",
            "",
        ]
    day = f"{year}年{figures.randint(1, 12)}月{figures.randint(1, 28)}日"
    return "\n".join([*lines, f"{place}人民政府办公室", day]) + "\n"
