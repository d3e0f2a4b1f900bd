"""Nothing changes unless a form of this server's own pages asks for it."""

from collections.abc import Iterator

import httpx
import pytest

from tests.integration.routes import API
from tests.integration.security.conftest import Target
from tests.integration.serving import Serving, Visitor


@pytest.fixture
def state(target: Target) -> Iterator[None]:
    """Check that what is kept is the same after the test."""
    before = target.state()
    yield
    after = target.state()
    assert sorted(after) == sorted(before)
    assert after == before


def sent(
    target: Target, path: str, fields: dict[str, str], headers: dict[str, str] | None = None
) -> httpx.Response:
    """Send fields with the owner's cookie, as the place takes them."""
    client = target.owner.client
    if path not in ("/lists", "/compare"):
        return client.post(path, data=fields, headers=headers, follow_redirects=False)
    files: list[tuple[str, tuple[str | None, str]]] = [
        (name, (None, value)) for name, value in fields.items()
    ]
    files.append(("file", ("list.csv", "company,p01\nx,a\n")))
    return client.post(path, files=files, headers=headers, follow_redirects=False)


def forms(target: Target) -> list[str]:
    return [path for _, path in target.all("POST") if not path.startswith(API)]


@pytest.mark.usefixtures("state")
def test_a_form_without_the_right_mark_changes_nothing(target: Target, other: Serving) -> None:
    with Visitor(other.url) as visitor:
        elsewhere = visitor.csrf
    right = target.owner.csrf
    assert elsewhere != right
    for path in forms(target):
        for wrong in (None, "", elsewhere, right[:-1], right + "0", "é", target.server.token):
            fields = {"option": "a", "company": "X", "play": "x", "value": "1", "address": "x.com"}
            answer = sent(target, path, fields if wrong is None else {"csrf": wrong} | fields)
            assert answer.status_code == 403, (path, wrong)


@pytest.mark.usefixtures("state")
@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "https://{authority}"},
        {"Origin": "http://127.0.0.1"},
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": "http://{authority}.evil.example"},
        {"Origin": ""},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "http://{authority}", "Sec-Fetch-Site": "cross-site"},
    ],
)
def test_a_form_of_another_site_changes_nothing_even_with_the_mark(
    target: Target, headers: dict[str, str]
) -> None:
    known = {name: each.format(authority=target.server.authority) for name, each in headers.items()}
    for path in forms(target):
        fields = {"csrf": target.owner.csrf, "option": "a", "company": "X", "address": "x.com"}
        assert sent(target, path, fields, known).status_code == 403, path


@pytest.mark.usefixtures("state")
def test_looking_at_pages_changes_nothing(target: Target) -> None:
    mark = target.owner.csrf
    for method in ("GET", "HEAD"):
        for place, path in target.all(method):
            if path.startswith(API):
                continue
            for query in ("", f"?csrf={mark}&do=next&option=a&company=X&address=x.com&play=x"):
                answer = target.owner.client.request(method, path + query)
                assert answer.status_code in (200, 400), (place, answer.status_code)


@pytest.mark.usefixtures("state")
def test_methods_that_are_not_offered_are_refused(target: Target) -> None:
    offered: dict[str, set[str]] = {}
    for place, path in target.all("GET", "HEAD", "POST"):
        offered.setdefault(path, set()).add(place.method)
    for path, own in offered.items():
        for method in ("POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW"):
            if method in own:
                continue
            answer = target.owner.client.request(
                method, path, headers={"Authorization": f"Bearer {target.server.token}"}
            )
            # Where a question could stand, a form without its kind is refused in another way.
            assert answer.status_code in (405, 404, 415), (method, path)
            assert "access-control-allow-origin" not in answer.headers


@pytest.mark.usefixtures("state")
def test_another_method_named_in_a_field_or_header_is_not_believed(target: Target) -> None:
    mark = target.owner.csrf
    for path in (f"{target.result}/remove", f"{target.scored}/remove"):
        answer = target.owner.client.get(
            path,
            params={"csrf": mark, "_method": "POST"},
            headers={"X-HTTP-Method-Override": "POST"},
        )
        assert answer.status_code in (200, 405)


def test_its_own_form_is_taken_with_and_without_what_browsers_add(target: Target) -> None:
    own = {"Origin": target.server.origin, "Sec-Fetch-Site": "same-origin"}
    for headers in (None, own):
        fields = {"csrf": target.owner.csrf, "option": "a"}
        answer = sent(target, f"{target.questionnaire}/P03", fields, headers)
        assert answer.status_code == 303
        assert answer.headers["location"].startswith(target.questionnaire)
