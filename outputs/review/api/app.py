"""The application of the API, to be put under ``/api`` of the pages'."""

from __future__ import annotations

from fastapi import FastAPI

from outputs.review.api import deciding, reading, running
from outputs.review.api.problems import RESPONSES, answer_with_json
from outputs.review.site import Site

_ABOUT = """台账的全部内容和操作，供程序使用。

- 认证：请求头 `Authorization: Bearer 令牌`；令牌由管理员在“管理”页或用 `taizhang token add` 建立。
- 清单按 `cursor` 翻页：把上一页的 `next` 原样传入；筛选条件须保持不变。
- 出错时返回 `{"error": {"code", "zh", "en", "fields"}}`。

Everything that the pages show and do, for programs. Sign in with a token; read lists on with
`cursor`; errors are told in both languages.
"""


def create_api(site: Site) -> FastAPI:
    """The API on one library."""
    api = FastAPI(
        title="台账接口 | taizhang API",
        description=_ABOUT,
        version="1",
        docs_url=None,
        redoc_url=None,
        responses=RESPONSES,
    )
    api.state.site = site
    for module in (reading, deciding, running):
        api.include_router(module.router)
    answer_with_json(api)
    return api
