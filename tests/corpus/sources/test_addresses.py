"""How an address is written, and what is never connected to."""

from __future__ import annotations

import pytest

from corpus.sources.addresses import check_addresses, check_host, is_public, normal, with_query
from corpus.sources.reasons import NotFetched


@pytest.mark.parametrize(
    ("url", "base", "found"),
    [
        ("./202605/t1.html#top", "http://a.example/tzgg/", "http://a.example/tzgg/202605/t1.html"),
        ("/u/附件 1.pdf", "https://a.example/x", "https://a.example/u/%E9%99%84%E4%BB%B6%201.pdf"),
        ("//B.Example:443/x", "https://a.example/", "https://b.example/x"),
        ("http://a.example:80", "", "http://a.example/"),
        ("http://a.example:8080/x?y=1&z=二", "", "http://a.example:8080/x?y=1&z=%E4%BA%8C"),
        ("http://a.example/%E4%B8%AD", "", "http://a.example/%E4%B8%AD"),
        ("http://教育.example/", "", "http://xn--wcvs22d.example/"),
        ("http://[2001:db8::1]/x", "", "http://[2001:db8::1]/x"),
    ],
)
def test_address_is_written_one_way(url: str, base: str, found: str) -> None:
    assert normal(url, base) == found
    assert normal(found) == found


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd", "javascript:void(0)", "mailto:a@b.example", "ftp://a.example/",
        "data:text/html,x", "http://user:word@a.example/", "http:///x", "http://a.example:99999/",
        "x.html", "http://[::1", "",
    ],
)  # fmt: skip
def test_what_is_no_address_of_the_web_is_refused(url: str) -> None:
    with pytest.raises(NotFetched) as caught:
        normal(url)
    assert caught.value.reason == "scheme"


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("https://a.example/x", True),
        ("http://a.example:8080/", False),
        ("http://a.example.evil.example/", False),
        ("http://sub.a.example/", False),
        ("http://b.example:81/", True),
    ],
)
def test_only_named_hosts_are_allowed(url: str, allowed: bool) -> None:
    hosts = ("a.example", "b.example:81")
    if allowed:
        check_host(url, hosts)
    else:
        with pytest.raises(NotFetched):
            check_host(url, hosts)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.215.14", True),
        ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.31.0.1", False),
        ("192.168.0.1", False),
        ("169.254.169.254", False),
        ("100.100.100.200", False),
        ("0.0.0.0", False),
        ("255.255.255.255", False),
        ("239.1.1.1", False),
        ("240.0.0.1", False),
        ("::1", False),
        ("::", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("ff02::1", False),
        ("::ffff:10.0.0.1", False),
        ("::ffff:93.184.215.14", True),
        ("64:ff9b::a00:1", False),
        ("2002:7f00:1::", False),
        ("2001:0:4136:e378:8000:63bf:f5ff:fffe", False),
        ("not an address", False),
    ],
)
def test_public_addresses_are_told_from_others(address: str, public: bool) -> None:
    assert is_public(address) is public


def test_loopback_opens_by_the_setting_of_tests_only() -> None:
    assert is_public("127.0.0.1", opens_loopback=True)
    assert not is_public("10.0.0.1", opens_loopback=True)
    assert not is_public("169.254.169.254", opens_loopback=True)


def test_one_bad_address_of_a_name_is_enough() -> None:
    with pytest.raises(NotFetched) as caught:
        check_addresses("a.example", 80, resolve=lambda *_: ["93.184.215.14", "10.0.0.1"])
    assert caught.value.reason == "address"


def test_query_is_set_once() -> None:
    assert with_query("http://a.example/l?page=1&c=2", "page", "3") == (
        "http://a.example/l?c=2&page=3"
    )
