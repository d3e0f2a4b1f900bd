"""What can be measured of how a page looks and is read."""

from collections.abc import Sequence
from importlib.resources import files
from typing import Any, Final

from playwright.sync_api import Page

AXE: Final = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
NARROWEST: Final = 320
"""Pixels at which a page must do without scrolling sideways (WCAG 2.2, 1.4.10)."""
PHONE: Final = 380
PAPER: Final = 700
"""Pixels that the text of an A4 page is wide, about."""
EVERYTHING: Final = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
CONTRAST: Final = ("color-contrast", "link-in-text-block")
"""What can differ between light and dark."""
_RUN: Final = "(only) => axe.run({ resultTypes: ['violations'], runOnly: only })"
_WIDE: Final = """() => {
  const most = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= most) return [];
  const wide = [...document.body.querySelectorAll("*")].filter((each) => {
    const box = each.getBoundingClientRect();
    return box.width > 0 && box.right > most + 1;
  });
  return [`${document.documentElement.scrollWidth} px`,
          ...wide.slice(0, 5).map((each) => each.outerHTML.slice(0, 120))];
}"""


def violations(page: Page, only: Sequence[str] = EVERYTHING) -> list[str]:
    """Return what axe-core finds wrong: the rule, how grave it is, and where."""
    page.evaluate(AXE)
    found: Any = page.evaluate(_RUN, list(only))
    return [
        f"{rule['id']} ({rule['impact']}): "
        + "; ".join(f"{node['target']} {node['html'][:120]}" for node in rule["nodes"][:3])
        for rule in found["violations"]
    ]


def overflow(page: Page, width: int) -> list[str]:
    """Return what makes a page scroll sideways at a width in pixels, empty where nothing does."""
    page.set_viewport_size({"width": width, "height": 900})
    wide: list[str] = page.evaluate(_WIDE)
    return wide
