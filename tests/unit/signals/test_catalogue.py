"""The catalogue of signals and controls is complete, and a faulty one is refused in one line."""

from pathlib import Path

import pytest

from persona.errors import CatalogueError
from persona.signals.catalogue import CATALOGUE, load_catalogue, shipped_catalogue
from persona.vocabulary import DIMENSIONS
from tests.conftest import complaint


def test_every_signal_and_control_is_declared_once_and_in_order() -> None:
    catalogue = shipped_catalogue()
    assert [entry.id for entry in catalogue.signals] == [f"W{n:02}" for n in range(1, 59)]
    assert [entry.id for entry in catalogue.controls] == [f"K{n:02}" for n in range(1, 11)]
    assert {entry.dimension for entry in catalogue.signals} <= set(DIMENSIONS)
    for entry in catalogue.signals:
        assert entry.zones, entry.id
        assert any(entry.directions), entry.id


def test_an_entry_is_found_by_its_id() -> None:
    assert shipped_catalogue()["W36"].name == "Subject test"
    with pytest.raises(KeyError):
        shipped_catalogue()["W99"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('id = "W02"', 'id = "W03"', "W01 to W58, in order"),
        ('id = "K02"', 'id = "K03"', "K01 to K10, in order"),
        ('dimension = "BASIS"', 'dimension = "PRICE"', "no dimension 'PRICE'"),
        ('strength = "M"', 'strength = "X"', "'X'"),
        ("full = 0.5", "full = 0", "full"),
        ('zones = ["Z2"]', 'zones = ["Z9"]', "'Z9'"),
        ("[[signal]]", "[[signal]", ""),
    ],
)
def test_a_faulty_catalogue_is_refused(tmp_path: Path, old: str, new: str, said: str) -> None:
    path = tmp_path / "signals.toml"
    text = CATALOGUE.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CatalogueError) as raised:
        load_catalogue(path)
    complaint(raised.value, path, said)
