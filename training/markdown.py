"""Tables and figures as Markdown prints them."""

from collections.abc import Iterable, Sequence

from persona.layout import clean
from persona.training.measures import Interval

NOT_MEASURED = "not measured"


def table(
    headings: Sequence[str], rows: Iterable[Sequence[str]], *, words: Sequence[int] = (0,)
) -> list[str]:
    """Return the lines of a table and an empty line; ``words`` are the columns not of figures."""
    rule = [":--" if column in words else "--:" for column in range(len(headings))]
    lines = [_row(headings), "|" + "|".join(rule) + "|"]
    return [*lines, *(_row(row) for row in rows), ""]


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(map(_cell, cells)) + " |"


def _cell(words: str) -> str:
    """Return words as they may stand in a table, whatever a name in somebody's data holds."""
    return clean(words).replace("|", "\\|").replace("<", "&lt;")


def figure(interval: Interval | None, *, percent: bool = False, missing: str = "–") -> str:
    """Return a figure with its interval, "0.58 (0.52–0.64)" or "71% (66–76%)".

    ``missing`` stands where it is not defined.
    """
    if interval is None:
        return missing
    value, low, high = interval.value, interval.low, interval.high
    if percent:
        return f"{value:.0%} ({100 * low:.0f}–{high:.0%})"
    return f"{plain(value)} ({plain(low)}–{plain(high)})"


def difference(interval: Interval | None) -> str:
    """Return a difference with its sign and interval, "+0.11 (+0.04 to +0.18)"."""
    if interval is None:
        return ""
    return f"{signed(interval.value)} ({signed(interval.low)} to {signed(interval.high)})"


def plain(value: float) -> str:
    """Return two decimals, with a true minus sign."""
    return f"{value:.2f}".replace("-0.00", "0.00").replace("-", "−")


def signed(value: float) -> str:
    """Return two decimals with a sign; nothing has none."""
    words = f"{value:+.2f}".replace("-", "−")
    return "0.00" if words in ("+0.00", "−0.00") else words


def share(part: int, whole: int) -> str:
    """Return a count with its share of a whole, "12 (34%)"; only the count of nothing."""
    return f"{part} ({part / whole:.0%})" if whole else str(part)
