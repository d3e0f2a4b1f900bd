"""From what a person types to one website, or a line that says why not."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from persona.capture.address import Site, parse_address, registrable_domain
from persona.capture.guard import Allowed, Guard
from persona.errors import AddressError


@pytest.mark.parametrize(
    "typed",
    [
        *("acme.com", "ACME.COM", "Acme.com.", " acme.com ", "acme.com/", "www.acme.com"),
        *("http://acme.com", "HTTPS://WWW.ACME.COM/", "//acme.com", "://acme.com", "acme.com:443"),
        *(
            "http//acme.com",
            "http:/acme.com",
            "http:acme.com",
            "https:\\\\acme.com",
            "htp://acme.com",
        ),
        *(
            "hxxp://acme.com",
            "hxxps[:]//acme[.]com/x",
            "http://https://acme.com",
            "ttps://acme.com",
        ),
        *(
            "<acme.com>",
            "(acme.com)",
            "'acme.com'",
            "“acme.com”",
            "[acme.com]",
            "acme.com,",
            "acme.com;",
        ),
        *(
            "sales@acme.com",
            "mailto:sales@acme.com?subject=hello",
            "<sales@mail.acme.com>",
            "@acme.com",
        ),
        *("acme.com\u00a0", "\ufeffacme.com", "ac\u200bme.com", "\u202eacme.com", "acme.com\u200e"),
        *("[Acme](https://acme.com/x)", "[acme.com](https://acme.com/)", "Acme Ltd (acme.com)"),
        *("acme.com, beta.com", "acme.com;beta.com", "acme.com | beta.com", "acme.com beta.com"),
        *("Website: www.acme.com", "website:acme.com", "see acme.com - closed on Mondays"),
        *("n/a acme.com", "me@gmail.com / info@acme.com", "acme.com\r\nbeta.com", "acme.com\t#N/A"),
        *(
            "acme.com&nbsp;",
            "\x1b[31macme.com",
            "ａｃｍｅ．ｃｏｍ",
            "acme。com",
            "acme.com?utm_source=crm",
        ),
    ],
)
def test_one_company_however_it_is_typed(typed: str) -> None:
    assert parse_address(typed).domain == "acme.com"


@pytest.mark.parametrize(
    ("typed", "domain"),
    [
        ("shop.acme.co.uk", "acme.co.uk"),
        ("sales@mail.acme.co.uk", "acme.co.uk"),
        ("münchen-beispiel.de", "xn--mnchen-beispiel-zvb.de"),
        ("xn--mnchen-3ya.de", "xn--mnchen-3ya.de"),
        ("straße.de", "xn--strae-oqa.de"),
        ("foo.github.io", "foo.github.io"),
        ("shop.myshopify.com", "shop.myshopify.com"),
        ("www.gov.uk", "www.gov.uk"),
        ("1000bulbs.com", "1000bulbs.com"),
        ("gmail.com", "gmail.com"),
    ],
)
def test_the_domain_is_what_one_owner_holds(typed: str, domain: str) -> None:
    assert parse_address(typed).domain == domain


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        *((blank, "no address was given") for blank in ("", " ", "\u200b", "\u00a0")),
        *(
            (none, "word, not the whole name")
            for none in ("none", "n/a", "acme", "www", "http://www")
        ),
        *((words, "no address in it") for words in ("-", "not a site", "to be confirmed", "🙂 ok")),
        *((local, "not a name on the public internet") for local in ("localhost", "localhost.")),
        *(
            (f"a.{end}", "not a name on")
            for end in ("local", "internal", "test", "invalid", "onion")
        ),
        *(
            (ip, "a number or an IP address")
            for ip in ("127.0.0.1", "127.1", "0x7f.1", "2130706433")
        ),
        *(
            (ip, "a number or an IP address")
            for ip in ("0177.0.0.1", "8.8.8.8", "::1", "http://[::1]/")
        ),
        *(
            (ip, "a number or an IP address")
            for ip in ("http://169.254.169.254/x", "[::ffff:7f00:1]:80")
        ),
        *(
            (ip, "a number or an IP address")
            for ip in ("10.0.0.5:8080", "42", "3.14", "１２７.0.0.1")
        ),
        *(
            (url, "not for web pages")
            for url in ("file:///etc/passwd", "ftp://acme.com", "gopher://a.com")
        ),
        *(
            (url, "not for web pages")
            for url in ("javascript:alert(1)", "data:text/html,x", "tel:+4420")
        ),
        ("https://acme.com:22/", "port 22"),
        ("acme.com:8080", "port 8080"),
        ("acme.com:99999", "port that does not exist"),
        ("user:secret@acme.com", "a user name or a password"),
        ("https://user@acme.com/", "a user name or a password"),
        ("https://user:secret@acme.com/", "a user name or a password"),
        ("someone@gmail.com", "gmail.com is a mail provider"),
        ("someone@hotmail.co.uk", "hotmail.co.uk is a mail provider"),
        ("co.uk", "an ending that many names share"),
        ("acme.notatld", ".notatld is not the ending"),
        ("http://", "no name"),
        ("acme..com", "no name"),
        ("ex%61mple.com", "no name"),
        ("☃.net", "characters that no name can have"),
        *(
            (file, "name of a file")
            for file in ("prospects.csv", "index.html", "./saved", "C:\\a\\b.txt")
        ),
        *((file, "name of a file") for file in ("/etc/passwd", "~/pages", "my.zip", "node.js")),
        ('=HYPERLINK("http://acme.com";"Acme")', "formula"),
        ("a" * 300, "too long"),
        ("acme.com " * 300, "too long"),
    ],
)
def test_what_is_no_public_website_is_refused_with_the_reason(typed: str, why: str) -> None:
    with pytest.raises(AddressError, match=why) as refused:
        parse_address(typed)
    line = str(refused.value)
    assert len(line) < 220
    assert "; " in line, "says what to do"


def test_the_complaint_is_about_the_piece_that_looks_like_an_address() -> None:
    with pytest.raises(AddressError, match="port 8080"):
        parse_address("intranet of Acme: acme.com:8080")


def test_a_bare_name_is_tried_with_and_without_www_and_encrypted_first() -> None:
    assert parse_address("acme.com").starts == (
        "https://acme.com/",
        "https://www.acme.com/",
        "http://acme.com/",
        "http://www.acme.com/",
    )
    assert parse_address("www.acme.com").starts[:2] == (
        "https://www.acme.com/",
        "https://acme.com/",
    )
    assert parse_address("blog.acme.com").starts == (
        "https://blog.acme.com/",
        "http://blog.acme.com/",
    )
    assert parse_address("foo.github.io").starts == (
        "https://foo.github.io/",
        "http://foo.github.io/",
    )


def test_what_was_typed_is_tried_first_exactly() -> None:
    starts = parse_address("http://Acme.com/About/?q=a,b(c)&x=ü#top").starts
    assert starts[0] == "http://acme.com/About/?q=a,b(c)&x=%C3%BC"
    assert starts[1] == "https://acme.com/"
    assert parse_address("acme.com/en").starts[0] == "https://acme.com/en"
    assert parse_address("http://acme.com").starts[0] == "http://acme.com/"


def test_https_typed_is_never_tried_without() -> None:
    for typed in ("https://acme.com/x", "acme.com:443", "https://www.acme.com"):
        assert all(start.startswith("https://") for start in parse_address(typed).starts)


def test_allowed_places_are_let_through_as_they_are() -> None:
    allowed = Allowed.parse(["127.0.0.1:8080", "staging.example", "intranet", "[::1]:9000"])
    assert parse_address("127.1:8080/x", allowed) == Site(
        "127.0.0.1",
        "127.0.0.1",
        8080,
        ("http://127.0.0.1:8080/x", "http://127.0.0.1:8080/", "https://127.0.0.1:8080/"),
    )
    assert parse_address("intranet", allowed).starts == ("https://intranet/", "http://intranet/")
    assert parse_address("staging.example", allowed).domain == "staging.example"
    assert parse_address("http://[::1]:9000/", allowed).starts[0] == "http://[::1]:9000/"
    for typed in ("127.0.0.1", "127.0.0.1:8081", "staging.example:8080", "www.intranet"):
        with pytest.raises(AddressError, match="--allow-address"):
            parse_address(typed, allowed)


def test_registrable_domains_of_any_host() -> None:
    assert registrable_domain("www.Example.CO.UK.") == "example.co.uk"
    assert registrable_domain("a.b.example.com") == "example.com"
    assert registrable_domain("blog.acme.example") == "acme.example"
    assert registrable_domain("127.0.0.1") == "127.0.0.1"
    assert registrable_domain("[::1]") == "::1"
    assert registrable_domain("intranet") == "intranet"
    assert registrable_domain("co.uk") == "co.uk"
    assert registrable_domain("not a host!") == "not a host!"
    assert registrable_domain("") == ""


def test_registrable_domains_come_without_the_network_and_fast() -> None:
    registrable_domain("warm.example.com")
    start = time.process_time()
    for number in range(2000):
        registrable_domain(f"www{number}.example.co.uk")
    assert time.process_time() - start < 1


_BITS = (
    "http https : / // \\ @ . www acme com co uk 127 0 1 [ ] ( ) :: % # ? = é 🙂 , ; 80 8080 "
    "localhost file mailto gmail \u200b \u202e xn-- -"
)
_TYPED = st.one_of(
    st.text(max_size=80),
    st.lists(st.sampled_from(_BITS.split(" ")), max_size=14).map("".join),
)


@given(_TYPED)
def test_any_text_is_a_site_that_the_guard_lets_through_or_one_line(typed: str) -> None:
    try:
        site = parse_address(typed)
    except AddressError:
        return
    guard = Guard()
    for start in site.starts:
        guard.check_url(start)
        again = parse_address(start)
        assert (again.domain, again.starts[0]) == (site.domain, start)
    assert site.host == site.domain or site.host.endswith(f".{site.domain}")


@given(st.text(max_size=300))
def test_a_complaint_is_one_printable_line(typed: str) -> None:
    with pytest.raises(AddressError) as refused:
        parse_address(f"={typed}")
    assert str(refused.value).isprintable()
