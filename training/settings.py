"""What a fit may be told; everything that is chosen before any data is seen."""

from dataclasses import dataclass, field

from persona.observations import WORD_PARTS, WordPart


@dataclass(frozen=True)
class Settings:
    """What a fit is told; the constants were picked on the shipped tables, which flatters slightly.

    ``answer_shrinkages`` and ``site_shrinkages`` are tried by cross-validation over ``folds``
    groups of companies. ``answer_prior_scale`` is the multiple of the probability table's weights
    that answers are shrunk toward: at the temperatures of fits to soft labels (about .3) the table
    then counts with an exponent of about a third, near its own. ``signal_prior_scale`` is the same
    for the catalogue, and ``signal_ease`` (up to 1) shrinks signals more strongly than words,
    1 / ease² times, as most are seldom known. ``balance`` draws the personas' shares together.
    ``error`` is the share of wrong labels aimed at on rows decided by answers, ``site_error`` on
    those decided by a website alone: less, because websites from elsewhere are told apart less
    well than these. ``min_answers`` and ``min_words`` are the least to go by for a verdict. A word
    joins the table when at least the share ``least_use`` of the companies use it, and at least
    ``fewest`` companies. ``blocks`` names the parts of a website that are used.
    """

    answer_shrinkages: tuple[float, ...] = (8.0, 12.0)
    site_shrinkages: tuple[float, ...] = (0.1, 0.4)
    answer_prior_scale: float = 0.1
    signal_prior_scale: float = 0.2
    signal_ease: float = 0.15
    balance: float = 0.25
    error: float = 0.2
    site_error: float = 0.15
    min_answers: int = 12
    min_words: int = 100
    folds: int = 5
    seed: int = 0
    fewest: int = 3
    least_use: dict[WordPart, float] = field(
        default_factory=lambda: {"links": 0.035, "labels": 0.01, "text": 0.07}
    )
    blocks: tuple[str, ...] = ("signals", *WORD_PARTS)
