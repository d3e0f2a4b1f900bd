"""The page that every HTML report stands on: hostile text is inert, and nothing is fetched.

Templates are filled with autoescape, and no name may be missing. Every value is cleaned of
control, bidirectional and other invisible characters before it is written. The page forbids
itself scripts, connections and foreign content; its one style sheet is allowed by its hash.
"""

import base64
import re
from functools import cache
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from persona.digest import sha256
from persona.layout import clean, percent

TEMPLATES: Final = Path(__file__).parent / "templates"
_COMMENTS: Final = re.compile(r"/\*.*?\*/\s*", re.DOTALL)
_DOMAIN: Final = re.compile(
    r"(?=.{4,253}\Z)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:xn--[a-z0-9-]{2,59}|[a-z]{2,63})"
)


def render(template: str, *, sheets: tuple[str, ...] = (), **values: Any) -> bytes:
    """Return a page from a template in ``templates`` that extends ``base.html.j2``, in UTF-8.

    ``sheets`` names style sheets in ``templates`` that the page needs besides ``style.css``.
    """
    style = style_of(sheets)
    digest = base64.b64encode(sha256(style.encode()).digest()).decode()
    text = (
        _environment()
        .get_template(template)
        .render(style=Markup(style), style_hash=f"sha256-{digest}", **values)
    )
    return text.encode("utf-8", "replace")


def fragment(template: str, **values: Any) -> str:
    """Return a piece of a page from a template in ``templates``; text in it is inert."""
    return _environment().get_template(template).render(**values).strip()


@cache
def _environment() -> Environment:
    return make_environment()


def make_environment(*folders: Path) -> Environment:
    """Return what fills templates of ``folders`` and of this package; text in them is inert."""
    environment = Environment(
        loader=FileSystemLoader([*folders, TEMPLATES]),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(percent=percent, number=number, home=home_address)
    return environment


def _finalize(value: Any) -> Any:
    """Return what is written for a value: text without invisible characters, markup as it is."""
    return clean(value) if isinstance(value, str) and not isinstance(value, Markup) else value


@cache
def style_of(sheets: tuple[str, ...] = ()) -> str:
    """Return the style sheet of every report, with the further ``sheets`` after it."""
    texts = ((TEMPLATES / name).read_text(encoding="utf-8") for name in ("style.css", *sheets))
    return "\n".join(_COMMENTS.sub("", text).strip() for text in texts)


def number(count: int) -> str:
    """Return a count as it is read, with commas between thousands."""
    return f"{count:,}"


def home_address(domain: str) -> str:
    """Return the address of a website's home page, "" unless the domain is a plain public name."""
    return f"https://{domain}/" if _DOMAIN.fullmatch(domain) else ""
