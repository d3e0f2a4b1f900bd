"""Cookies on the way to one page."""

from persona.capture.trip import Trip


def test_cookies_go_back_to_the_host_that_set_them() -> None:
    trip = Trip("page", 30.0)
    trip.set_cookies("a.example", ("one=1", "two=2=2"))
    trip.set_cookies("a.example", ("one=3",))
    assert trip.headers("a.example")["Cookie"] == "one=3; two=2=2"
    assert "Cookie" not in trip.headers("b.example")


def test_cookies_that_could_break_a_request_or_fill_it_are_dropped() -> None:
    trip = Trip("page", 30.0)
    trip.set_cookies("a.example", ("=x", "a\r\nHost: b=1", "café=1", "", "plain"))
    assert trip.headers("a.example")["Cookie"] == "plain="
    trip.set_cookies("a.example", tuple(f"c{number}=1" for number in range(500)))
    assert trip.headers("a.example")["Cookie"].count(";") < 20
