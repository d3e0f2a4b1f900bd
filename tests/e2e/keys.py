"""Finding one's way with the keyboard alone."""

from playwright.sync_api import Page

MOST_STOPS = 80
_FOCUSED = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return "";
  const label = at.labels && at.labels.length ? at.labels[0].innerText : "";
  return (at.getAttribute("aria-label") || label || at.innerText || "").trim();
}"""


def focused(page: Page) -> str:
    """Return what the element with the focus is called, "" where nothing has it."""
    name: str = page.evaluate(_FOCUSED)
    return name


def tab_to(page: Page, name: str) -> None:
    """Press Tab until something of this name has the focus."""
    passed = []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        passed.append(focused(page))
        if passed[-1].startswith(name):
            return
    raise AssertionError(f"no way to {name!r} by keyboard; passed {passed}")


def enter(page: Page) -> None:
    """Press Enter and wait for the page it leads to."""
    with page.expect_navigation():
        page.keyboard.press("Enter")
