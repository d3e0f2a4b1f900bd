"""What a model may look at."""

from typing import Final, Literal, get_args

View = Literal["answers", "website", "both"]
"""Answers alone, the website alone, or both where both are known."""

VIEWS: Final[tuple[View, ...]] = get_args(View)

VIEW_NAMES: Final[dict[str, str]] = {
    "answers": "Answers", "website": "Website", "both": "Answers and website",
}  # fmt: skip
"""As they are read in tables and charts."""
