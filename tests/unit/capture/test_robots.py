"""robots.txt by RFC 9309."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from persona.capture.robots import ALL, NONE_AT_ALL, USER_AGENT, parse_robots

SITE = "https://example.com"


def test_our_own_group_goes_before_the_general_one() -> None:
    robots = parse_robots(
        b"User-agent: *\nDisallow: /\n\nUser-agent: Persona\nDisallow: /b\nAllow: /b/a\n"
    )
    assert robots.allows(f"{SITE}/")
    assert not robots.allows(f"{SITE}/b/c")
    assert robots.allows(f"{SITE}/b/a")


@pytest.mark.parametrize("name", ["person", "persona-x", "personal", "mypersona", "p"])
def test_another_programs_group_is_not_ours(name: str) -> None:
    robots = parse_robots(f"User-agent: {name}\nDisallow: /\n".encode())
    assert robots.allows(f"{SITE}/")


@pytest.mark.parametrize("name", ["persona", "PERSONA", "persona/1.0", "Persona/2 # us"])
def test_our_name_is_read_as_a_product_token(name: str) -> None:
    robots = parse_robots(f"User-agent: {name}\nDisallow: /a\n".encode())
    assert not robots.allows(f"{SITE}/a")


def test_groups_of_several_names_and_repeated_groups_are_joined() -> None:
    robots = parse_robots(
        b"User-agent: other\nUser-agent: persona\nDisallow: /a\n\nUser-agent: persona\nDisallow: /b"
    )
    assert not robots.allows(f"{SITE}/a")
    assert not robots.allows(f"{SITE}/b")


def test_the_longest_rule_wins_and_wildcards_and_ends_count() -> None:
    robots = parse_robots(
        b"user-agent: *\ndisallow: /*.pdf$\ndisallow: /shop\nallow: /shop/guide\nallow: /$\n"
    )
    assert not robots.allows(f"{SITE}/x/y.pdf")
    assert robots.allows(f"{SITE}/x/y.pdf?download=1")
    assert not robots.allows(f"{SITE}/shop/cart")
    assert robots.allows(f"{SITE}/shop/guide/1")
    assert robots.allows(f"{SITE}/robots.txt")


@pytest.mark.parametrize(
    "empty", [b"", b"\n\n", b"User-agent: *\nDisallow:\n", b"<html>404</html>"]
)
def test_nothing_forbidden_means_everything_allowed(empty: bytes) -> None:
    assert parse_robots(empty).allows(f"{SITE}/any?thing=1")


@pytest.mark.parametrize("start", [b"\xef\xbb\xbf", b"\xff\xfe", b"", b"\xe9\xff junk\n"])
def test_marks_and_wrong_encodings_do_not_hide_the_rules(start: bytes) -> None:
    text = "User-agent: *\r\nDisallow: /a\r\nSitemap: https://example.com/s.xml\r\n"
    body = start + (text.encode("utf-16-le") if start == b"\xff\xfe" else text.encode())
    robots = parse_robots(body)
    assert not robots.allows(f"{SITE}/a")
    assert robots.sitemaps == ("https://example.com/s.xml",)


def test_utf_16_without_a_mark_is_read() -> None:
    robots = parse_robots("User-agent: *\nDisallow: /a\n".encode("utf-16-le"))
    assert not robots.allows(f"{SITE}/a")


@pytest.mark.parametrize(
    ("asked", "delay", "limited"),
    [
        *(("5", 5.0, False), ("0.5", 0.5, False), ("30", 30.0, False), ("3600", 30.0, True)),
        *(("0", None, False), ("soon", None, False), ("-1", None, False), ("nan", None, False)),
    ],
)
def test_crawl_delay_is_kept_up_to_half_a_minute(
    asked: str, delay: float | None, limited: bool
) -> None:
    robots = parse_robots(f"User-agent: *\nCrawl-delay: {asked}\n".encode())
    assert robots.delay == delay
    assert robots.limited is limited


def test_sitemaps_are_web_addresses_once_each_and_not_too_many() -> None:
    lines = ["Sitemap: /s.xml", "Sitemap: file:///etc/passwd", "sitemap: https://x.com/s.xml"] * 2
    lines += [f"Sitemap: https://x.com/{number}.xml" for number in range(1000)]
    found = parse_robots("\n".join(lines).encode()).sitemaps
    assert found[:2] == ("https://x.com/s.xml", "https://x.com/0.xml")
    assert len(found) == 20


def test_ten_megabytes_cost_little_and_the_rest_does_not_count() -> None:
    body = (
        b"User-agent: *\nDisallow: /a\n" + b"Disallow: /*x*y*z\n" * 600_000 + b"Disallow: /late\n"
    )
    start = time.process_time()
    robots = parse_robots(body)
    assert not robots.allows(f"{SITE}/a")
    assert robots.allows(f"{SITE}/late")
    assert time.process_time() - start < 5


def test_without_a_file_all_and_when_unreachable_nothing_may_be_read() -> None:
    assert ALL.allows(f"{SITE}/a")
    assert ALL.delay is None
    assert not NONE_AT_ALL.allows(f"{SITE}/a")


@given(st.binary(max_size=300), st.text(max_size=40))
def test_any_bytes_and_any_address_are_answered(body: bytes, path: str) -> None:
    robots = parse_robots(b"User-agent: *\n" + body)
    assert robots.allows(f"{SITE}/{path}") in (True, False)


def test_the_header_names_the_program_without_line_breaks() -> None:
    assert USER_AGENT.startswith("persona/")
    assert USER_AGENT.isprintable()
