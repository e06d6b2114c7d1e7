"""Words of official prose that rules lean on: verbs of doing (建设, 打造), verbs of reaching
(达到, 提高到), adverbs before them (重点, 基本)."""

from __future__ import annotations

import re

# Verbs that take an indicator as their object or subject. Words of two characters and more; the
# few single ones that stand alone before a number come last.
_ACTION_WORDS = """
建设 停建 缓建 配建 建成 建立 建好 建好办好 办好 新建 新建改建 新改扩建 改建 扩建 续建 共建 筹建
组建
探访 走访 回访 慰问 随访 巡诊 构建 创建 代发 拿出 畅通 克服 拓宽 搭建 筑牢 兜牢 激发 释放 打通
破解 提振 营造 理顺 盘活 防范 遏制
重建 兴建 修建 打造 培育 培养 培训 轮训 培植 引进 引育 引进培育 引进和培育 遴选 遴选认定 认定 评选
选树 选拔 选派 选聘 遴选支持 遴选建设 征集 推荐 命名 表彰 扶持 支持 资助 奖励 奖补 补助 补贴 给予
发放 安排 投入 筹集 筹措 拨付 下达 统筹 整合 设立 成立 设置 增设 新设 开设 开办 举办 承办 主办 召开
组织 组织开展 开展 实施 组织实施 启动 启动实施 推进 加快推进 扎实推进 统筹推进 推动 推行 推广 推出
推介 发展 壮大 做强 做大 做优 提升 提高 增强 增加 新增 再增加 扩大 拓展 扩充 扩容 改善 改造 改革
转型 升级 更新 优化 完善 健全 建立健全 建立完善 巩固 保持 稳定 维持 控制 严控 降低 下降 减少 压减
压缩 压降 削减 缩减 缩短 减轻 淘汰 关停 取消 裁撤 退出 化解 消除 清理 整治 治理 修复 恢复 完成 实现
达到 达 突破 超过 形成 基本形成 取得 落实 贯彻落实 执行 履行 承担 负责 牵头 配合 参与 协助 纳入 列入
制定 制订 修订 制修订 修改 编制 编写 编印 研究制定 制定出台 研究出台 出台 印发 发布 公布 公开 发行
出版 开发 研发 研制 研究 研究提出 提出 探索 试点 试行 开通 上线 接入 覆盖 普及 普遍推行 惠及 服务
满足 解决 办理 办结 审核 审批 审查 核查 检查 抽查 巡查 排查 督查 督导 督促 监督 监测 评估 考核 考评
评价 验收 验收合格 公示 备案 报送 上报 上传 报告 反馈 通报 通知 告知 签订 签约 落户 落地 开工 竣工
投产 投用 投入使用 建成投用 运行 运营 使用 配备 配置 配齐 安装 购置 采购 采集 供应 供给 储备 种植
栽植 造林 绿化 收储 收购 生产 销售 出口 进口 引导 引进 吸引 带动 帮扶 帮助 救助 安置 转移 就业 创业
招聘 招收 招录 录用 聘用 聘任 保障 确保 保证 保护 维护 加强 强化 加大 加快 深化 规范 明确 确定 细化
分解 整改 抵免 减免 免征 征收 扣除 返还 退还 缴纳 支付 结算 降至 提升至 提高到 提升到 增加到 增长
增长到 扩大到 达到国家标准 翻番 争取 申请 申报 入选 认证 登记 修缮 疏浚 改扩建 更换 迁移 撤并 调整
重组 合并 划分 划定 建档立卡 建库 梳理 归集 汇聚 共享 开放 互认 对接 联通 贯通 互联互通 签约率 宣传
宣讲 普查 调查 调研 统计 编纂 收集 整理 保存 存放 消毒 采样 检测 隔离 转运 储存 处置 处理 处罚 查处
打击 演练 培训考核 备案审查 进行 采取 作为 实行 允许 增选 评定 授予 颁发 核定 核发 核增 下放 委托
派遣 选用 使用 展示 推送 梳理 挖掘 孵化 引育 招引 招商 签署 达成 争创 创成 创评 培树 布局 布设 谋划
储备 建强 办强 扶强 做实 抓好 做好 抓实 管好 夯实 压实 发挥 延长 延伸 分担 承接 转化 应用 运用 攻克
攻关 突破 授权 转让 联合 合作 交流 互派 派出 选调 暂停 停止 终止
"""
ACTIONS: frozenset[str] = frozenset(_ACTION_WORDS.split())

# Verbs of making and completing: what they are done to is a noun, though it may begin like a verb
# (完成|申请工作, 建成|培训基地).
_MAKING = """
完成 做好 抓好 开展 组织开展 进行 加强 强化 落实 制定 制订 修订 制修订 研究制定 编制 编写 出台
印发 发布 公布 提出 建立 健全 建立健全 完善 建立完善 深化 形成 构建 搭建 设立 设置 规范 明确 细化
建设 建成 新建 打造 创建
"""
_MAKERS: tuple[str, ...] = tuple(_MAKING.split())
# 新建|改造, 建成|投用: building goes on, with one object for both verbs.
_BUILT_TOO = (
    "改造", "改建", "扩建", "改扩建", "修缮", "续建", "提升", "升级", "更新",
    "投用", "投产", "投入使用", "运行", "运营",
)  # fmt: skip

# 达到45%, 提高到50%: verbs that stand between an indicator and its value.
REACHES = (
    r"(?:稳定(?:保持)?(?:在|达到|增长)?|保持(?:在|增长)?|维持在|控制在|压(?:减|缩|降)?[到至]|达到?(?:到|至)?|实现|完成|"
    r"提(?:高|升)(?:到|至|了)?|增(?:加|长|至|到)(?:到|至|了)?|上升(?:到|至)?|扩大(?:到|至)?|新增|净增|再增|"
    r"(?:下降|降低|减少|降|缩短|压减|压缩|压降|下浮|削减|减)(?:到|至|了|为)?|突破|超过|高于|不低于|翻|"
    r"为|是|占(?:比)?(?:达到?)?|不少于|至少|入选|涨幅|定为|安排|累计(?:达到?)?|年均(?:增长|下降|增速)?|"
    r"达|到|至|有|以)"
)

ADVERBS = (
    r"(?:重点|着力|大力|积极|全面|全力|扎实|深入|持续|不断|进一步|加快|稳步|有序|切实|认真|基本|初步|"
    r"全部|普遍|广泛|统一|优先|继续|逐步|集中|集中力量|努力|力争|争取|确保|保证|推动|推进|支持|鼓励|引导|"
    r"每年|累计|共|各|分别|新|再|计划|预计|原则上|同步|及时|定期|组织|协调|统筹|研究|尽快|率先|率先在|牢固|"
    r"有效|科学|合理|充分|严格|主动|依法|规范|按时|如期|按期|务必|着重|坚决|大幅|显著|明显|稳妥|适时|"
    r"在全省|在全市|在全国|在全县|全省|全市|全国|共同|联合|自主|选择|率先|平均|先后|分批|分类|分级|"
    r"同时|另外|此外|并且|并|还|且|也|均|都|将|要|应|应当|须|需|必须|拟|可|能够|会|以|来|使|让|把|为)"
)

_LONGEST = sorted(ACTIONS, key=lambda word: (-len(word), word))
_ACTION = "(?:" + "|".join(map(re.escape, _LONGEST)) + ")"
_SEVERAL = re.compile(rf"{_ACTION}(?:(?:、|和|并|与|或|及|，|,)?{_ACTION})*好?$")
# 应用型, 保障性, 管理者: not verbs there.
_AT_START = re.compile(rf"{_ACTION}(?:(?:、|和|并|与|或|及)?{_ACTION})*好?(?![型性化者类])")
_ADVERBS_AT_START = re.compile(rf"(?:{ADVERBS}(?:、|和)?)*")


def action_at_end(text: str) -> tuple[int, int] | None:
    """Where the verb, or chain of verbs (遴选、建设), stands that ends ``text``."""
    match = _SEVERAL.search(text)
    return match.span() if match else None


def action_at_start(text: str) -> tuple[int, int] | None:
    """Where the first verb stands if nothing but adverbs comes before it: 重点|打造."""
    # Adverbs are tried shortest first too: 推进 is both (推进专科扩招, 推进建设…).
    lead = _ADVERBS_AT_START.match(text)
    longest = lead.end() if lead else 0
    for start in range(longest, -1, -1):
        if start and not _ADVERBS_AT_START.fullmatch(text[:start]):
            continue
        match = _AT_START.match(text, start)
        if match:
            return match.span()
    return None


def one_action_at_start(text: str) -> tuple[int, int] | None:
    """Where the first verb stands, without those chained to it: 给予|改造补助."""
    span = action_at_start(text)
    if span is None:
        return None
    words = (length for length in range(4, 0, -1) if text[span[0] : span[0] + length] in ACTIONS)
    return span[0], span[0] + next(words, span[1] - span[0])


def maker_at_start(text: str) -> tuple[int, int] | None:
    """Where a verb of making stands if it comes first and a noun that begins like a verb is glued
    to it: 完成|申请工作, 健全|评估制度, but not 健全完善, 制定、实施."""
    span, chain = one_action_at_start(text), action_at_start(text)
    if span is None or chain is None or text[slice(*span)] not in _MAKERS:
        return None
    glued = text[span[1] : chain[1]]
    if not glued or glued[0] in "、,和与或及并" or glued.startswith((*_MAKERS, *_BUILT_TOO)):
        return None
    return span
