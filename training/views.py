"""What a model may look at."""

from typing import Final, Literal, get_args

View = Literal["answers", "website", "both"]
"""Answers alone, the website alone, or both where both are known."""

VIEWS: Final[tuple[View, ...]] = get_args(View)
