"""Where documents come from: sites as TOML files, a polite crawler, and what it found when.

河南省教育厅 > 政务公开 > 文件通知: lists lead to articles, articles to their 附件, and every
request leaves a line in the crawl ledger.
"""
