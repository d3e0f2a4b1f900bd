"""Posts are found once each, with their day, and told apart by what they are about."""

from datetime import date

import pytest

from persona.signals.posts import Post, posts
from tests.unit.signals.rules.sites import FILLER, PageOf, dated, listed, site

HOME = ("/", "<h1>Example</h1><p>We sell Makita tools and our own Example benches.</p>")


def by_title(*pages: PageOf) -> dict[str, Post]:
    return {post.title: post for post in posts(site(HOME, *pages))}


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Introducing our new range of benches", "product"),
        ("What's new in Example 4", "product"),
        ("We welcome Jane Doe to the team", "company"),
        ("Winner of the 2026 workshop award", "company"),
        ("Visit us at the Leeds trade show", "event"),
        ("Makita launches an 18 volt saw", "supplier"),
        ("Now stocking Festool sanders", "supplier"),
        ("Three ways to sharpen a plane iron", "other"),
    ],
)
def test_the_title_says_what_a_post_is_about(title: str, kind: str) -> None:
    assert (
        by_title(listed(title, "Second title of a list", "Third title of a list"))[title].kind
        == kind
    )


def test_a_make_that_the_site_does_not_offer_is_not_its_supplier() -> None:
    title = "Nintendo launches another console"
    found = by_title(listed(title, "Second title of a list", "Third title of a list"))
    assert found[title].kind != "supplier"


def test_an_article_about_launching_is_no_launch() -> None:
    article = ("/blog/how-to", f"<h1>How to launch a workshop of your own</h1><p>{FILLER * 6}</p>")
    (post,) = by_title(article).values()
    assert post.kind == "other"
    assert not post.launch


def test_what_listed_companies_must_publish_is_no_post() -> None:
    found = by_title(
        listed("Third quarter results 2026", "Total voting rights in May", "A bench for a school")
    )
    assert list(found) == ["A bench for a school"]


@pytest.mark.parametrize("order", ["<p>{day}</p>{title}", "{title}<p>{day}</p>"])
def test_a_date_belongs_to_its_title_whether_above_or_below(order: str) -> None:
    days = {"First of the posts": "3 May 2026", "Second of the posts": "June 9, 2026"}
    days["Third of the posts"] = "2026-07-01"
    items = (
        order.format(day=day, title=f'<h3><a href="/news/{title[:5]}">{title}</a></h3>')
        for title, day in days.items()
    )
    found = by_title(("/news/", "<h1>News</h1>" + "".join(items)))
    assert [post.day for post in found.values()] == [
        date(2026, 5, 3),
        date(2026, 6, 9),
        date(2026, 7, 1),
    ]


def test_a_post_that_was_read_and_listed_counts_once() -> None:
    title = "How we oil a bench top"
    own = ("/news/0-post", f"<h1>{title}</h1><p>{FILLER * 6}</p>")
    listing = dated(
        ("3 May 2026", title), ("4 May 2026", "Second of them"), ("5 May 2026", "b c d")
    )
    for pages in ((own, listing), (listing, own)):
        post = by_title(*pages)[title]
        assert post.lead
        assert post.day == date(2026, 5, 3)
        assert len(by_title(*pages)) == 3


def test_a_list_of_plain_links_is_read_too() -> None:
    links = "".join(
        f'<li><a href="/news/2026/{n}">{title}</a></li>'
        for n, title in enumerate(("A bench for a school", "The bench in the museum"))
    )
    assert list(by_title(("/news/", f"<h1>News</h1><ul>{links}</ul>"))) == [
        "A bench for a school",
        "The bench in the museum",
    ]


def test_a_title_is_quoted_as_it_stands() -> None:
    post = by_title(listed("A bench for a school", "Another bench for them", "One bench more sold"))
    quoted = post["A bench for a school"].quote()
    assert "A bench for a school" in quoted.text
    assert quoted.url == "https://example.com/news/"
