"""The commands' complaints in words of a page."""

import re
from pathlib import Path

import pytest

from persona.capture.address import parse_address
from persona.errors import PersonaError, UsageError
from persona.prospects.options import ScoreOptions
from persona.prospects.score import score
from persona.web.wording import in_page_words

OPTION = re.compile(r"--(?!allow-address)[a-z]")


def refused_list(folder: Path, text: str, **columns: str) -> str:
    (folder / "list.csv").write_text(text)
    with pytest.raises(PersonaError) as caught:
        score(folder / "list.csv", folder / "out.csv", options=ScoreOptions(columns=columns))
    return str(caught.value)


def test_an_unrecognised_list_points_to_the_field_below(tmp_path: Path) -> None:
    line = refused_list(tmp_path, "a,b\nx,y\n")
    assert OPTION.search(line)
    assert in_page_words(line).endswith('"a", "b"; give the heading of the websites below')


def test_a_list_without_headings_too(tmp_path: Path) -> None:
    line = in_page_words(refused_list(tmp_path, ",\nx,y\n"))
    assert OPTION.search(line) is None, line


@pytest.mark.parametrize("heading", ["nowhere", "a: b", "site"])
def test_a_wrong_heading_is_quoted(tmp_path: Path, heading: str) -> None:
    line = refused_list(tmp_path, "site,site,p15\nx,y,a\n", website=heading)
    assert OPTION.search(in_page_words(line)) is None, in_page_words(line)
    assert heading in in_page_words(line)


def test_a_refused_address_says_how_the_server_lets_it_in() -> None:
    with pytest.raises(PersonaError) as caught:
        parse_address("10.0.0.1")
    line = in_page_words(str(caught.value))
    assert line.startswith("'10.0.0.1' is no public website")
    assert line.endswith("persona serve --allow-address lets it in")


def test_other_lines_stay_as_they_are() -> None:
    line = str(UsageError("Norrland: nothing to do with options - or -- dashes"))
    assert in_page_words(line) == line
