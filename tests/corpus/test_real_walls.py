"""Walls on real pages: nothing that shows a company is taken for one."""

import gzip
import json
from pathlib import Path

import pytest

from persona.capture.walls import wall

SHARED = Path(__file__).parents[3] / "shared" / "data"
pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not SHARED.is_dir(), reason="the shared pages are not here"),
]


def test_of_all_real_pages_only_log_ins_are_walls() -> None:
    found = set()
    for name in ("pages.jsonl.gz", "pages_articles.jsonl.gz"):
        with gzip.open(SHARED / name, "rt", encoding="utf-8") as lines:
            for line in lines:
                page = json.loads(line)
                if failure := wall(page["url"], page["html"]):
                    found.add((failure, page["domain"]))
    assert found == {
        ("login_wall", "cleanscapes.com"),
        ("login_wall", "northfieldlines.com"),
        ("login_wall", "instructure.com"),
    }
