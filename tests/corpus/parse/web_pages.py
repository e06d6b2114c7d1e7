"""Web pages as government sites write them, and what was read of them in short."""

from __future__ import annotations

from corpus.parse.flow import Flow, FlowLine, FlowTable
from corpus.parse.html import read

PROSE = "为推进全省便民服务中心建设，经省政府同意，现就有关工作通知如下，请结合实际认真落实。"


NOTICE = f"""<!DOCTYPE html><html><head><meta charset="utf-8">
<title>云岭省教育厅关于建设便民服务中心的通知_云岭省教育厅</title>
<meta name="ArticleTitle" content="云岭省教育厅关于建设便民服务中心的通知">
<meta name="PubDate" content="2024-03-05 10:20"><meta name="ContentSource" content="厅办公室">
<style>.a{{color:red}}</style><script>var t = "脚本，不是正文。";</script></head><body>
<div class="header"><ul class="nav"><li><a href="/">首页</a></li>
<li><a href="/b">政务公开</a></li></ul></div>
<div class="crumbs">当前位置：<a href="/">首页</a> &gt; <a href="/b">政务公开</a> &gt; 正文</div>
<table class="index"><tr><td><b>索 引 号：</b></td><td>YL0001/2024-00012</td>
<td><b>主题分类：</b></td><td>教育\\综合</td></tr>
<tr><td>发文机关：</td><td>云岭省教育厅</td><td>成文日期：</td><td>2024年3月1日</td></tr>
<tr><td>标　　题：</td><td colspan="3">云岭省教育厅关于建设便民服务中心的通知</td></tr>
<tr><td>发文字号：</td><td>云教〔2024〕9号</td><td>有 效 性：</td><td></td></tr></table>
<div class="article"><h1>云岭省教育厅关于建设便民服务中心的通知</h1>
<p class="number">云教〔2024〕9号</p>
<div class="info">2024-03-05 10:20 【字体：大 中 小】 来源：厅办公室</div>
<div class="share">分享到：<a href="#">微信</a><a href="#">微博</a></div>
<div class="TRS_Editor"><style>p{{margin:0}}</style><!-- 注释，不是正文。 -->
<p>各市教育局：</p><p>　　{PROSE}</p><h2>一、主要任务</h2>
<p>到2027年建成<b>20个</b>
以上，由&nbsp;省财政厅配合。</p><p style="display:none">看不见的一段，不是正文。</p>
<p style="text-align:center">附　件</p><ul><li>任务分工表</li></ul>
<p align="right">云岭省教育厅<br>2024年3月1日</p></div>
<div class="related"><a href="/1">另一个通知</a><a href="/2">又一个通知，请看。</a></div></div>
<div class="footer">版权所有：云岭省教育厅　云ICP备00000000号</div></body></html>"""


def page(body: str) -> Flow:
    """A page with running text around what a test is about."""
    code = f"<html><body><div id='zoom'><p>{PROSE}</p>{body}</div></body></html>"
    return read(code.encode(), source="page.html")


def texts(flow: Flow, *, furniture: bool = False) -> list[str]:
    return [i.text for i in flow.items if isinstance(i, FlowLine) and i.furniture is furniture]


def paragraphs(flow: Flow) -> list[list[str]]:
    found: dict[int | None, list[str]] = {}
    for item in flow.items:
        if isinstance(item, FlowLine) and not item.furniture:
            found.setdefault(item.paragraph, []).append(item.text)
    return list(found.values())


def table_of(flow: Flow) -> FlowTable:
    (table,) = [item for item in flow.items if isinstance(item, FlowTable)]
    return table


def grid(table: FlowTable) -> list[tuple[str, int, int, int, int]]:
    return [(c.text, c.row, c.column, c.row_span, c.column_span) for c in table.cells]
