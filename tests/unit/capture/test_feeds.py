"""The newest posts of a site, from RSS and Atom."""

from hypothesis import given
from hypothesis import strategies as st

from persona.capture.feeds import parse_feed

HERE = "https://example.com/feed"


def test_rss_posts_come_with_their_days() -> None:
    text = (
        '<?xml version="1.0"?><rss version="2.0"><channel><link>https://example.com</link>'
        "<item><title>Cheese</title><link>https://example.com/cheese?utm_source=rss</link>"
        "<pubDate>Tue, 05 May 2026 08:00:00 +0000</pubDate></item>"
        "<item><guid>https://example.com/milk</guid><pubDate>soon</pubDate></item>"
        '<item><guid isPermaLink="false">17</guid></item></channel></rss>'
    )
    assert [(post.url, post.day) for post in parse_feed(text, HERE)] == [
        ("https://example.com/cheese", 20260505),
        ("https://example.com/milk", 0),
    ]


def test_atom_posts_are_found_by_their_main_link() -> None:
    text = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><link rel="self" href="/feed"/><entry>'
        '<link rel="replies" href="/cheese/comments"/><link href="/cheese"/>'
        "<updated>2026-05-05T08:00:00Z</updated></entry></feed>"
    )
    assert [(post.url, post.day) for post in parse_feed(text, HERE)] == [
        ("https://example.com/cheese", 20260505)
    ]


def test_a_long_feed_is_cut_and_an_entity_bomb_left_unread() -> None:
    item = "<item><link>https://example.com/{}</link></item>"
    assert len(parse_feed("<rss>" + "".join(map(item.format, range(900))) + "</rss>", HERE)) == 100
    bomb = '<!DOCTYPE r [<!ENTITY a "x">]><rss>' + item.format("&a;") + "</rss>"
    assert parse_feed(bomb, HERE) == ()


@given(st.text(max_size=300))
def test_any_text_is_a_feed_of_no_or_some_posts(text: str) -> None:
    for post in parse_feed(f"<rss><item><link>{text}</link><pubDate>{text}</pubDate>", HERE):
        assert post.url.startswith("http")
