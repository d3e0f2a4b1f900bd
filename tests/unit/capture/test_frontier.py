"""Which page comes next."""

from collections import Counter

from persona.capture.frontier import Frontier
from persona.vocabulary import Zone

HOME = "https://example.com/"
SECTIONS = (
    "blog news events products pricing industries customers partners support careers about "
    "about/team contact"
)


def taken(frontier: Frontier, count: int = 100) -> list[str]:
    found = []
    for _ in range(count):
        candidate = frontier.take()
        if candidate is None:
            break
        found.append(candidate.url.removeprefix(HOME))
    return found


def full(pages: int) -> Frontier:
    frontier = Frontier(pages, HOME)
    for section in SECTIONS.split():
        frontier.add(HOME + section)
        for number in range(40):
            frontier.add(f"{HOME}{section}/{'abcdefghij'[number % 10]}{'klmn'[number // 10]}-x")
    return frontier


def test_twelve_pages_cover_every_zone() -> None:
    assert zones_of(full(12), 11) == {"Z1": 2, "Z2": 3, "Z3": 3, "Z4": 2, "Z5": 1}


def zones_of(frontier: Frontier, count: int) -> Counter[Zone | None]:
    candidates = [frontier.take() for _ in range(count)]
    return Counter(candidate.zone for candidate in candidates if candidate)


def test_sixty_pages_keep_the_same_shares() -> None:
    assert zones_of(full(60), 59) == {"Z1": 14, "Z2": 15, "Z3": 15, "Z4": 10, "Z5": 5}


def test_overviews_come_before_pages_within_and_the_vacancy_list_before_adverts() -> None:
    order = taken(full(60), 59)
    assert order.index("blog") < min(i for i, url in enumerate(order) if url.startswith("blog/"))
    assert order.index("careers") < min(
        i for i, url in enumerate(order) if url.startswith("careers/")
    )


def test_what_a_zone_does_not_need_passes_to_the_others() -> None:
    frontier = Frontier(12, HOME)
    for name in "abcdefghijklmnop":
        frontier.add(f"{HOME}blog/{name}{name}")
    assert len(taken(frontier, 11)) == 11


def test_one_pattern_is_taken_a_few_times_only() -> None:
    frontier = Frontier(12, HOME)
    for year in range(1990, 2040):
        frontier.add(f"{HOME}events/{year}/05")
        frontier.add(f"{HOME}products/item?id={year}")
    assert len(taken(frontier)) == 6


def test_translations_legal_pages_and_repeats_are_left_aside() -> None:
    frontier = Frontier(12, HOME)
    for path in ("de/produkte", "privacy", "", "about", "about/", "prices", "login"):
        frontier.add(HOME + path)
    frontier.add("http://www.example.com/about")
    assert sorted(taken(frontier)) == ["about", "prices"]


def test_a_page_that_could_not_be_read_makes_room_for_another_of_its_zone() -> None:
    frontier = Frontier(12, HOME)
    for path in ("customers", "customers/a", "customers/b", "customers/c", "about"):
        frontier.add(HOME + path)
    gone = frontier.take()
    assert gone is not None
    assert gone.zone == "Z4"
    frontier.give_back(gone)
    assert zones_of(frontier, 3) == {"Z4": 2, "Z1": 1}


def test_articles_are_a_mix_of_those_linked_first_and_the_newest() -> None:
    frontier = Frontier(12, HOME)
    for day, name in enumerate(("linked", "old", "mid", "new")):
        frontier.add(f"{HOME}blog/{name}", source=0 if name == "linked" else 2, day=20260100 + day)
    assert taken(frontier, 2) == ["blog/linked", "blog/new"]


def test_a_flood_of_addresses_is_held_in_little_room() -> None:
    frontier = Frontier(12, HOME)
    for number in range(5000):
        frontier.add(f"{HOME}blog/post-{number:x}-z", day=number)
    assert len(frontier) <= 120
    assert taken(frontier, 2)[1] == "blog/post-1387-z"
