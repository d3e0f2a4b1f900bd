"""A file of openings: every fault is named with its place."""

import re
from pathlib import Path

import pytest

from persona.errors import OpeningsError
from persona.prospects.openings import OPENINGS_FILE, load_openings
from tests.conftest import complaint

TEXT = OPENINGS_FILE.read_text(encoding="utf-8")
TEXTS = re.findall(r'^(?:start|offer|avoid) = "(.*)"$', TEXT, re.MULTILINE)


def fault(folder: Path, text: str) -> str:
    file = folder / "ways.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(OpeningsError) as error:
        load_openings(file)
    return complaint(error.value, "ways.toml")


def without(heading: str) -> str:
    """Return the file without one of its entries."""
    changed = re.sub(rf"\[{re.escape(heading)}\]\n(?:.+\n)+", "", TEXT)
    assert changed != TEXT
    return changed


@pytest.mark.parametrize(
    ("heading", "place"),
    [
        ("dimension.passive_marketer.ACUMEN", "dimension.passive_marketer.ACUMEN is missing"),
        ("general.dynamic_marketer", "general.dynamic_marketer is missing"),
        ("between.sales_driven.dynamic_marketer", "sales_driven.dynamic_marketer is missing"),
        ("unknown", "unknown"),
    ],
)
def test_an_entry_that_is_missing_is_named(tmp_path: Path, heading: str, place: str) -> None:
    assert place in fault(tmp_path, without(heading))


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("version = 1", "version = 2", "version must be 1"),
        ("[general.sales_driven]", "[general.sales]", "general"),
        ("sales_driven.BASIS]", "sales_driven.PRICE]", "dimension.sales_driven.BASIS is missing"),
        ("avoid = ", "shun = ", "shun"),
        (f'"{TEXTS[0]}"', '""', "unknown"),
        (TEXTS[0], "Ask them. " * 20, "unknown: start: 40 words, must be under 40"),
        (TEXTS[0], TEXTS[0].rstrip("."), "unknown: start: must be one line"),
        (TEXTS[0], "Ask\\nthem.", "unknown: start: must be one line"),
        (TEXTS[4], TEXTS[0], "general.sales_driven: offer: is the same text as unknown: start"),
        ("\n[unknown]", "\n[unknown", "ways.toml"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, old: str, new: str, words: str) -> None:
    assert old in TEXT
    assert words in fault(tmp_path, TEXT.replace(old, new, 1))


def test_an_entry_too_many_is_named(tmp_path: Path) -> None:
    entry = TEXT[TEXT.index("[between.sales_driven.passive_marketer]") :].split("\n\n")[0]
    turned = entry.replace("sales_driven.passive_marketer", "passive_marketer.sales_driven")
    assert "between.passive_marketer.sales_driven is not" in fault(tmp_path, f"{TEXT}\n{turned}\n")


def test_a_file_that_is_gone_is_named(tmp_path: Path) -> None:
    with pytest.raises(OpeningsError) as error:
        load_openings(tmp_path / "gone.toml")
    complaint(error.value, "gone.toml")
