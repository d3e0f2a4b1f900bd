"""The form that says how a list is to be scored, and what becomes of it."""

from datetime import UTC, datetime
from typing import Any, Final

from persona.capture.records import MOST_PAGES
from persona.errors import UsageError
from persona.web.lists.record import ENDINGS, PAGES, How, ListRecord, shown_name, source_name
from persona.web.parts import Arrived
from persona.web.responding import Form
from persona.web.scans import counted_pages

_LONGEST_HEADING: Final = 200


def record_of(file: Arrived, how: How) -> ListRecord:
    """Return a list that has arrived, as one that has no id yet."""
    name = shown_name(file.name)
    return ListRecord(
        id="",
        name=name,
        source=source_name(name),
        bytes=file.bytes,
        added_on=datetime.now(UTC).isoformat(timespec="seconds"),
        how=how,
    )


def how_of(given: Form, usual: str) -> How:
    """Return how a list is to be scored as a form says it; UsageError for what cannot be."""
    column = given.get("column", "").strip()
    if len(column) > _LONGEST_HEADING:
        raise UsageError("the heading of the websites is too long to be one")
    return How(
        websites=given.get("by", "websites") != "answers",
        pages=counted_pages(given.get("pages", ""), PAGES),
        column=column,
        ending=given.get("format", "") or usual,
    )


def fields_of(given: Any, how: How) -> dict[str, Any]:
    """Return what the fields of the form show."""
    return {
        "by": given.get("by", "websites" if how.websites else "answers"),
        "column": given.get("column", how.column),
        "pages": given.get("pages", how.pages),
        "most_pages": MOST_PAGES,
        "ending": given.get("format", how.ending),
        "endings": ENDINGS,
    }
