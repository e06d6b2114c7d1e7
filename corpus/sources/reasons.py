"""Why an address was not fetched, as a short code for the ledger and a sentence for people:
robots is “网站的 robots.txt 不允许 | forbidden by the site's robots.txt”.
"""

from __future__ import annotations

from corpus.model.errors import PolicyError
from corpus.store.crawl_records import CrawlResult

REASONS: dict[str, tuple[str, str]] = {
    "scheme": ("不是 http 或 https 地址", "neither http nor https"),
    "host": ("不在该站点允许的主机之列", "not one of the site's allowed hosts"),
    "address": ("域名指向内网或本机地址，已拒绝", "the name leads to a private address; refused"),
    "name": ("域名无法解析", "the name can't be resolved"),
    "robots": ("网站的 robots.txt 不允许", "forbidden by the site's robots.txt"),
    "robots_unread": ("无法取得 robots.txt，按禁止处理", "robots.txt can't be had; taken as a no"),
    "excluded": ("被站点配置的 exclude 排除", "excluded by the site's configuration"),
    "not_included": ("不符合站点配置的 include", "not included by the site's configuration"),
    "before_since": ("早于 --since 给出的日期", "older than --since"),
    "redirects": ("重定向次数过多", "too many redirects"),
    "too_large": ("超过大小上限", "over the limit of size"),
    "too_slow": ("超过时间上限", "over the limit of time"),
    "tls": ("证书校验未通过", "its certificate can't be verified"),
    "network": ("网络连接失败", "the connection failed"),
    "status": ("服务器返回错误", "the server answered with an error"),
    "busy": ("网站要求稍后再来", "the site asks to come later"),
    "hours": ("不在允许抓取的时段", "outside of the hours for crawling"),
    "budget": ("达到本次请求数上限", "the run's limit of requests is reached"),
    "no_text": ("网页中没有正文，也没有附件", "neither text nor attachments in the page"),
    "not_a_file": ("附件地址返回的是网页", "a web page stands where the attachment should"),
    "classified": ("标有密级，已拒绝且未留存", "marked as classified; refused and not kept"),
    "pages": ("超过站点配置的列表页数", "over the configured number of list pages"),
    "list_failed": ("有列表未能读取", "a list could not be read"),
    "list_end": ("列表到此为止", "the list ends here"),
    "unreadable_list": ("列表无法读取", "the list can't be read"),
    "damaged": ("网页代码已损坏，无法读取", "the page's code is damaged"),
    "moved": ("同样的内容已移到另一地址", "the same stands at another address now"),
    "missing": ("页面已不存在", "the page is gone"),
}
RESULT_ZH: dict[CrawlResult, str] = {
    CrawlResult.NEW: "新增",
    CrawlResult.CHANGED: "变更",
    CrawlResult.WITHDRAWN: "撤下",
    CrawlResult.RETURNED: "恢复",
    CrawlResult.SUSPECTED: "疑似变更",
    CrawlResult.MISSING: "缺失",
    CrawlResult.FAILED: "失败",
    CrawlResult.SKIPPED: "略过",
    CrawlResult.SAME: "相同",
    CrawlResult.UNCHANGED: "未变",
    CrawlResult.NOT_MODIFIED: "未变动",
}
# After these nothing more is asked of the site in this run.
STOPS = frozenset({"busy", "hours", "budget", "robots_unread"})


class NotFetched(PolicyError):
    """An address that was not fetched; ``reason`` is a key of REASONS, ``status`` what the server
    said, if it said anything."""

    def __init__(self, url: str, reason: str, *, status: int | None = None, note: str = "") -> None:
        zh, en = REASONS[reason]
        more = f"（{note}）" if note else ""
        super().__init__(f"{url}：{zh}{more}", f"{url}: {en}{f' ({note})' if note else ''}")
        self.url = url
        self.reason = reason
        self.status = status
        self.note = note

    @property
    def stops(self) -> bool:
        """True where the whole run of this site is to end."""
        return self.reason in STOPS


def said(reason: str | None, note: str = "") -> str:
    """The Chinese sentence for a code, with what else is known."""
    zh = REASONS[reason][0] if reason in REASONS else (reason or "")
    return f"{zh}（{note}）" if note else zh
