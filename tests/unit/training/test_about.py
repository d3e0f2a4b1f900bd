"""What a card says of where its tables come from."""

from pathlib import Path

import pytest

from persona.errors import PersonaError, TableError
from persona.training.about import read_about

SHIPPED = Path(__file__).parents[3] / "data" / "labelled"


def test_the_shipped_tables_say_that_a_language_model_labelled_them() -> None:
    about = read_about([SHIPPED / "companies.csv", SHIPPED / "words.csv"])
    assert "come from a language model" in about.origin
    assert len(about.limits) == len(set(about.limits)) > 3
    assert not any("\n" in limit for limit in about.limits)


def test_tables_nobody_described_have_an_unknown_origin(tmp_path: Path) -> None:
    assert "Nobody has said" in read_about([tmp_path / "mine.csv"]).origin


def test_folders_are_told_together(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "about.toml").write_text(f'origin = "{name}"\nlimits = ["{name} only"]')
    about = read_about([tmp_path / "one" / "a.csv", tmp_path / "two" / "b.csv"])
    assert about.origin == "one\n\ntwo"
    assert about.limits == ("one only", "two only")


@pytest.mark.parametrize("content", [b'origin = "', b"origin = 3", b'orign = "x"', b"\xff\xfe"])
def test_a_faulty_description_is_one_clear_line(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "about.toml").write_bytes(content)
    with pytest.raises(PersonaError, match=r"about\.toml") as caught:
        read_about([tmp_path / "a.csv"])
    assert "\n" not in str(caught.value)
    if content != b"\xff\xfe":
        assert isinstance(caught.value, TableError)
