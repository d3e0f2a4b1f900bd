"""Counting websites with bounded memory."""

import numpy as np
import pyarrow as pa
import pytest

from persona.prospects import distinct
from persona.prospects.distinct import Sites


def test_websites_are_counted_once_also_when_they_have_joined_the_sorted_rest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(distinct, "_FRESH", 5)
    sites, seen = Sites(), set()
    for start in range(0, 60, 3):
        names = [f"s{number % 37}.com" for number in range(start, start + 7)] + [""]
        seen.update(names)
        sites.add(
            pa.array(names), pa.array([2] * len(names), pa.int32()), np.full(len(names), True)
        )
        assert sites.count == len(seen - {""})
    assert (sites.read, sites.pages) == (37, 74)
