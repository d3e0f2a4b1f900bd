"""What the fourteen dimensions and the thirteen gaps mean, for readers who meet them first here."""

from typing import Final

from persona.vocabulary import Gap

Poles = tuple[str, str, str]

DIMENSION_ABOUT: Final[dict[str, str]] = {
    "HORIZON": "how far ahead leaders look",
    "DECIDE": "what sets off a big decision",
    "BASIS": "what tips a deal, and where a price starts",
    "ROLE": "how others in the trade see the company",
    "NURTURE": "what happens when no deal is open",
    "DEVELOP": "what a new product or market begins with",
    "RESEARCH": "who listens to buyers, and when",
    "FUNCTION": "what marketing people are asked to do",
    "PARTNER": "what other firms are worked with for",
    "VALUEPROP": "whether everybody gives the same reason",
    "LIFETIME": "what is seen beyond the next order",
    "ACUMEN": "what a first meeting is about",
    "LEAD": "what leaders give their days and spare money to",
    "ADAPT": "what warns the company, and what it does first",
}
"""What each dimension asks, as words that follow its name."""

POLES: Final[dict[str, Poles]] = {
    "HORIZON": (
        "to the end of the month or quarter",
        "to the end of the financial year",
        "two years ahead and further",
    ),
    "DECIDE": (
        "a rival's move, or pressure on cash or capacity",
        "what salespeople hear from accounts",
        "a plan made earlier, or data watched for the purpose",
    ),
    "BASIS": (
        "the better commercial offer, with rivals' prices as the start",
        "proof such as trials and references, and a reviewed price list",
        "something rivals do not offer, priced by what it is worth",
    ),
    "ROLE": (
        "an alternative to a leading name, or a source of known makes",
        "an established supplier in a known trade",
        "one that sees the problem in its own way, and has a name for it",
    ),
    "NURTURE": (
        "contact when a salesperson thinks of it, or the buyer calls",
        "mailings, news and events for everyone on a list",
        "planned contact that follows the other side's situation",
    ),
    "DEVELOP": (
        "a request from a buyer, or a supplier's new product",
        "an improvement of what is sold already",
        "a need found by looking for it; some offers are new in kind",
    ),
    "RESEARCH": (
        "from deals that were won and lost",
        "through the company's salespeople",
        "by work done for the purpose, also with people who do not buy",
    ),
    "FUNCTION": (
        "nothing of its own, or name and looks",
        "leads and material for salespeople",
        "choosing markets and shaping what is offered",
    ),
    "PARTNER": (
        "deals now",
        "reach, and events held together",
        "completing the offer, with things built together",
    ),
    "VALUEPROP": (
        "it depends on who is asked",
        "a list of strengths",
        "one sentence about a buyer's problem",
    ),
    "LIFETIME": (
        "the next order",
        "the year's sales, and a desk that answers",
        "worth over the years, and people with a plan for it",
    ),
    "ACUMEN": (
        "requirement and budget",
        "how the product fits",
        "how the buyer's business and job work",
    ),
    "LEAD": (
        "deals and daily operations, and the next salesperson",
        "the pipeline, and the next campaign",
        "developing people, and longer bets",
    ),
    "ADAPT": (
        "lost deals warn; volume is pushed or cost is cut",
        "the field warns; the programme goes on",
        "figures watched beforehand warn; the offer or the target changes",
    ),
}
"""What each level of a dimension stands for, in the order of ``vocabulary.PERSONAS``."""

GAP_ABOUT: Final[dict[Gap, str]] = {
    "doubt": "Salespeople who are unsure say nothing, and help comes after the deal is lost.",
    "inertia": "Buyers who could say yes decide nothing.",
    "suspicion": "A wary buyer wants to check the company alone, before any talk.",
    "assumption1": "Everybody who shows interest is sent to a salesperson, ready or not.",
    "assumption2": "People who are interested but not ready are let go.",
    "assumption3": "How buyers come to a decision is taken for granted; nobody asked them.",
    "assumption4": "Turning enquiries into customers is one function's affair, or nobody's.",
    "waste": "Activities are repeated that lead customers to no next step.",
    "experiment": "Nothing is tried in two versions, so what works better stays a guess.",
    "content_use": "Material is made for salespeople, and nobody knows whether they use it.",
    "black_hole": "People enquire and never hear from a person.",
    "vertical": "After a first talk everybody gets the same, whatever their trade.",
    "cadence": "Little of a salesperson's week is spent with customers, or it comes in bursts.",
}
"""What each gap is where it is open."""


def about(dimension: str) -> str:
    """Return what a dimension asks, "" for one that this version does not know."""
    return DIMENSION_ABOUT.get(dimension, "")


def pole(dimension: str, level: int) -> str:
    """Return what a level (1 to 3) stands for, "" on a dimension that this version lacks."""
    return POLES[dimension][level - 1] if dimension in POLES else ""
