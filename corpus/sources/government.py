"""The usual layouts of government sites: lists with a date beside each entry, articles with an
index table (索引号 … 发布日期) or a line “2021-01-04 10:48 来源：…”, files by link and script.
"""

from __future__ import annotations

from corpus.sources.adapters import Adapter
from corpus.sources.article import read_article
from corpus.sources.listing import read_list

ADAPTER = Adapter(read_list=read_list, read_article=read_article)
