"""Only whoever has the access token gets in, and only by the way it is meant to be shown."""

import pytest

from tests.integration.routes import API
from tests.integration.security.conftest import FINISHED, UNDER_WAY, Target
from tests.integration.security.raw import ask
from tests.integration.serving import Serving

SECRETS = (FINISHED, UNDER_WAY, "Listed Ltd", "Head of secrets")


def test_without_the_token_every_place_is_closed(target: Target) -> None:
    before = target.state()
    with target.stranger() as stranger:
        for place, path in target.all("GET", "HEAD", "POST"):
            answer = stranger.request(place.method, path)
            wanted = 401 if path.startswith(API) else 403
            assert answer.status_code == (200 if path.startswith("/static/") else wanted), path
            assert "set-cookie" not in answer.headers
            assert not any(secret in answer.text for secret in SECRETS), path
    assert target.state() == before


def test_what_does_not_exist_looks_closed_too(target: Target) -> None:
    with target.stranger() as stranger:
        for path in ("/nothing", "/results/nothing", "/questionnaire/none/P01", "/api"):
            assert stranger.get(path).status_code == 403


def wrong_tokens(token: str) -> list[str]:
    other = "A" if token[0] != "A" else "B"
    return [
        "",
        other + token[1:],
        token[:-1],
        token + "A",
        token.swapcase(),
        f"{token}%00",
        f"%20{token}",
        "%F0%9F%94%91",
        "%FF%FE",
        f"{token}&token=wrong",
    ]


def test_a_wrong_token_opens_nothing(target: Target) -> None:
    with target.stranger() as stranger:
        for token in wrong_tokens(target.server.token):
            answer = stranger.get(f"/?token={token}")
            assert answer.status_code == 403, token
            assert "set-cookie" not in answer.headers
            assert target.server.token not in answer.text


def test_the_token_becomes_a_cookie_that_scripts_and_other_sites_cannot_use(
    target: Target,
) -> None:
    with target.stranger() as stranger:
        answer = stranger.get(f"/?token={target.server.token}")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/"
    cookie = answer.headers["set-cookie"].lower()
    for part in ("httponly", "samesite=strict", "path=/"):
        assert part in cookie
    assert "domain=" not in cookie
    assert target.server.token.lower() not in cookie


@pytest.mark.parametrize(
    "path",
    [
        "//evil.example/",
        "///evil.example",
        "/%2fevil.example",
        "/%5cevil.example",
        "/\\evil.example",
        "/%09/evil.example",
        "/%0d%0aSet-Cookie:%20a=b",
        "/%0aLocation:%20http://evil.example",
        "/@evil.example",
        "http://evil.example/",
    ],
)
def test_the_token_leads_to_an_own_page_only(target: Target, path: str) -> None:
    answer = ask(target.port, f"GET {path}?token={target.server.token} HTTP/1.1", target.host)
    assert answer.status == 303
    location = answer.headers["location"]
    assert location.startswith("/")
    assert not location.startswith(("//", "/\\"))
    assert location.isprintable()
    assert answer.headers["set-cookie"].startswith("persona-")


def test_the_token_is_no_cookie_and_the_cookie_is_no_token(target: Target) -> None:
    token = target.server.token
    [(name, cookie)] = target.owner.client.cookies.items()
    with target.stranger() as stranger:
        for sent in (f"{name}={token}", f"token={token}", f"persona-1={cookie}", f"{name}="):
            assert stranger.get("/", headers={"Cookie": sent}).status_code == 403, sent
        assert stranger.get(f"/?token={cookie}").status_code == 403
        for sent in (f"Bearer {cookie}", "Bearer", "Bearer é", token):
            bearer = {b"Authorization": sent.encode()}
            assert stranger.get("/api/v1/questions", headers=bearer).status_code == 401


def test_programs_are_let_in_by_their_header_alone(target: Target) -> None:
    token = target.server.token
    path = "/api/v1/questions"
    with target.stranger() as stranger:
        good = stranger.get(path, headers={"Authorization": f"Bearer {token}"})
        assert good.status_code == 200
        basic = {"Authorization": f"Basic {token}"}
        assert stranger.get(path, headers=basic).status_code == 401
        assert stranger.get(f"{path}?token={token}").status_code == 401
    assert target.owner.get(path).status_code == 401, "a browser's cookie opens nothing here"
    posted = target.owner.client.post(
        "/api/v1/classify", json={"answers": {"P01": "a"}}, headers={"Content-Type": "text/plain"}
    )
    assert posted.status_code == 401


def test_a_token_in_the_address_lets_no_form_in(target: Target) -> None:
    before = target.state()
    with target.stranger() as stranger:
        answer = stranger.post(
            f"/questionnaire?token={target.server.token}",
            data={"csrf": target.owner.csrf, "company": "By address"},
        )
    assert answer.status_code == 403
    assert target.state() == before


def test_the_cookie_of_another_server_opens_nothing(target: Target, other: Serving) -> None:
    with target.stranger() as stranger:
        answer = stranger.get(f"{other.origin}/?token={other.token}")
        value = answer.headers["set-cookie"].partition("=")[2].partition(";")[0]
        mine = {"Cookie": f"persona-{target.port}={value}"}
        assert stranger.get("/", headers=mine).status_code == 403
        assert stranger.get(f"/?token={other.token}").status_code == 403


def test_the_token_stands_in_no_page(target: Target) -> None:
    for place, path in target.all("GET"):
        if not path.startswith(API):
            answer = target.owner.get(path)
            assert answer.status_code < 500, place
            assert target.server.token not in answer.text, place
            assert target.server.token not in str(answer.headers), place
    assert target.server.token not in target.server.err


def test_many_cookies_are_no_hindrance(target: Target) -> None:
    many = "; ".join(f"c{number}=x" for number in range(1000))
    mine = target.cookie.removeprefix("Cookie: ")
    for sent in (f"{many}; {mine}", f"{mine}; {many}"):
        answer = ask(target.port, "GET / HTTP/1.1", target.host, f"Cookie: {sent}")
        assert answer.status == 200
    for sent in ("=", ";;;", '"', "\xff=\xff", "a=b; a=c; =; \t", mine.replace("=", "==")):
        answer = ask(target.port, "GET / HTTP/1.1", target.host, f"Cookie: {sent}")
        assert answer.status == 403, sent
