"""Models fitted to websites, small enough to check by hand, and rows with words to weigh."""

from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from persona.model.artefact import MODELS, Model, SiteModel, Weights, WordWeights, load_model
from persona.observations import WORD_PARTS, ObservationRow, Wording, WordPart

Table = Mapping[str, WordWeights]

PRIOR_FILE = MODELS / "persona-0.json"
JUDGED_MODEL = load_model(PRIOR_FILE)
PRIOR = JUDGED_MODEL.model
"""The model that is fitted to nothing: whatever ships, its figures stay."""

SALES: Weights = (1.5, 0.0, -1.5)
DYNAMIC: Weights = (-1.5, 0.0, 1.5)
WORDS: dict[WordPart, dict[str, WordWeights]] = {
    "links": {"quote": (2.0, *SALES), "research": (3.0, *DYNAMIC), "news": (1.0, 0.0, 0.4, 0.0)},
    "labels": {"request_quote": (2.5, *SALES), "survey": (2.5, *DYNAMIC)},
    "text": {"dealer": (2.0, *SALES), "learned": (2.0, *DYNAMIC), "quality": (1.0, 0.0, 0.6, 0.0)},
}


def with_site(
    words: Mapping[WordPart, Table] = WORDS, base: Model = PRIOR, **changes: Any
) -> Model:
    """Return the prior with a site model; ``changes`` are fields of the site model."""
    site = SiteModel(
        intercept=(0.2, 0.1, -0.3),
        temperature=1.25,
        beside_answers=0.5,
        min_probability=0.45,
        min_words=2,
        words={part: dict(table) for part, table in words.items()},
    )
    return replace(base, site=replace(site, **changes), signal_rows=391)


def wording(**parts: dict[str, int]) -> Wording:
    """Return a wording with these parts, the others empty."""
    return Wording(**{part: parts.get(part, {}) for part in WORD_PARTS})


def saying(**parts: dict[str, int]) -> ObservationRow:
    """Return a row with a website of which nothing but words is known."""
    return ObservationRow(wording=wording(**parts))


SALES_SITE = {"links": {"quote": 4}, "labels": {"request_quote": 1}, "text": {"dealer": 7}}
DYNAMIC_SITE = {"links": {"research": 4}, "labels": {"survey": 1}, "text": {"learned": 7}}
