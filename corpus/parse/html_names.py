"""By what names government sites call the parts of a page, and the lines they put around a text:
id="UCAP-CONTENT" holds the article, class="bdsharebuttonbox" does not; 【打印】【关闭】 is no text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


def word_set(words: str) -> frozenset[str]:
    """The words of a text as a set."""
    return frozenset(words.split())


# Containers of content management systems that hold the article and nothing else.
_BODY = word_set(
    "ucap-content trs_editor trs_ueditor custom_unionstyle pages_content zoom vsb_content "
    "v_news_content wp_articlecontent articlecontent article-content article_content article-body "
    "article_body articlebody content-body content_body text-content text_content articletext "
    "article_con article-con art_con artcon newscontent news_content news-content newscon news_con "
    "xxgk_content xxgkcontent infocontent info_content detail-content detail_content conttext "
    "con_text bt_content fontzoom ueditor easysite-news-text"
)
# Containers that hold the article, and often its title and share bar as well.
_AROUND_BODY = word_set("article content detail main maincontent article_box articlebox")
_FURNITURE_TAGS = frozenset({"nav", "footer", "aside"})
# Whole names, or words of names: "page-footer", "shareBox".
# Whole names only: their words stand on any element ("margin-bottom", "position-relative").
_FURNITURE_NAMES = word_set(
    "position location bottom foot menu print printer tools links hot ad ads float search logo "
    "login relate relation related qr related-list correlation topbar bottombar"
)
_FURNITURE_WORDS = word_set(
    "nav navbar navigation breadcrumb breadcrumbs crumb crumbs crumbnav dqwz weizhi footer "
    "copyright share shares sharebar bdshare bdsharebuttonbox sharebox jiathis relnews "
    "xgxw xgwz xgzc xgjd xglj recommend sidebar qrcode ewm erweima toolbar fontsize pagebar "
    "pagination pager prevnext banner friendlink yqlj comments backtop totop"
)
_BUTTON = (
    r"(?:我要)?(?:打印|关闭|收藏|纠错|分享|下载|返回|字[号体][:：]?|大|中|小)"
    r"(?:本[页文]|此页|窗口|顶部|首页|列表)?"
)
_SITE_LINE = re.compile(
    r"^您好[,，！!]今天是|今天是\d{4}年.*(?:星期|欢迎)|欢迎(?:访问|光临|您).*(?:网站?|门户)[!！。]?$"
    r"|^首页[>＞»›]|[>＞»›]正文$|^(?:您)?(?:当前|现在)?(?:所在)?(?:的)?位置[:：是]"
    r"|^分享(?:到|至)?[:：]|^分享到?(?:微信|微博|朋友圈|QQ)|^扫一扫.{0,20}$|^(?:用)?(?:微信|手机)扫.{0,20}$"
    rf"|^(?:[【\[|]?{_BUTTON}[】\]|]?)+$|字[号体][:：]?[【\[（(]?(?:大.?中.?小|小.?中.?大)"
    r"|^[上下]一[篇条页][:：]|^相关(?:链接|文章|新闻|解读|文件|推荐|阅读|稿件)[:：]?$"
    r"|^(?:责任)?编辑[:：].{0,12}$|(?:浏览|点击|访问|阅读)(?:次数|量|数)[:：]"
    r"|版权所有(?![者人权])|网站标识码[:：]|ICP备\d|公网安备|公安机关备案号|^Copyright|AllRightsReserved"
    r"|^\[?(?:关于我们|网站地图|联系我们)\]?(?:$|[|｜\[(])",
    re.I,
)
_LONGEST_SITE_LINE = 120
_DATELINE = re.compile(
    r"^(?:发布(?:时间|日期)[:：])?\d{4}[-年/.]\d{1,2}[-月/.]\d{1,2}日?(?:\d{1,2}:\d{2}(?::\d{2})?)?"
    r".{0,40}来源[:：]|^发布(?:时间|日期)[:：].{1,60}$"
)


def is_body(element: Element) -> bool:
    """True for a container that by its name holds the article and nothing else."""
    return element.get("itemprop") == "articleBody" or not _BODY.isdisjoint(_names(element))


def is_around_body(element: Element) -> bool:
    """True for a container that by its name holds the article, and other things too."""
    return element.tag in {"article", "main"} or not _AROUND_BODY.isdisjoint(_names(element))


def is_furniture(element: Element) -> bool:
    """True for what by its name is navigation, share bar, footer or the like."""
    if element.tag in _FURNITURE_TAGS:
        return True
    if not _FURNITURE_NAMES.isdisjoint(_names(element)):
        return True
    return not _FURNITURE_WORDS.isdisjoint(_words(element))


def is_site_line(words: str) -> bool:
    """True where a line, its blanks taken out, is the site's and not the document's."""
    if len(words) > _LONGEST_SITE_LINE:
        return False
    return _SITE_LINE.search(words) is not None or _DATELINE.search(words) is not None


def _names(element: Element) -> Iterator[str]:
    return iter(f"{element.get('id', '')} {element.get('class', '')}".lower().split())


def _words(element: Element) -> Iterator[str]:
    """Names and their words: id="BreadCrumb_top" is breadcrumb_top, bread, crumb and top."""
    for name in f"{element.get('id', '')} {element.get('class', '')}".split():
        # Styles of word processors: MsoFooter stands on paragraphs of the text as well.
        if name.lower().startswith("mso"):
            continue
        yield name.lower()
        for part in re.split(r"[-_]", name):
            yield part.lower()
            yield from (word.lower() for word in re.findall(r"[A-Z]?[a-z]+", part))
