"""The words of the field, named once: personas, dimensions, gaps and reasons.

Sources of the constructs: the method page (``docs/method.md``) and the data card of the
questionnaire (``data/questionnaire.toml``).
"""

from typing import Final, Literal, get_args

Persona = Literal["sales_driven", "passive_marketer", "dynamic_marketer"]
Label = Literal["sales_driven", "passive_marketer", "dynamic_marketer", "undecided"]
Reason = Literal["thin", "mixed", "unreachable", "out_of_scope", "invalid_address"]
Gap = Literal[
    "doubt",
    "inertia",
    "suspicion",
    "assumption1",
    "assumption2",
    "assumption3",
    "assumption4",
    "waste",
    "experiment",
    "content_use",
    "black_hole",
    "vertical",
    "cadence",
]

Zone = Literal["Z1", "Z2", "Z3", "Z4", "Z5"]
PageType = Literal[
    "home",
    "about",
    "leadership",
    "contact",
    "product",
    "solution",
    "pricing",
    "shop",
    "article",
    "research",
    "news",
    "release",
    "event",
    "webinar",
    "download",
    "case_study",
    "customers",
    "partners",
    "support",
    "docs",
    "academy",
    "community",
    "careers",
    "job",
    "legal",
    "other",
]
"""What a page of a company's website is for; "release" is a change log, "solution" an industry or
use page, "docs" pages for developers."""

PERSONAS: Final[tuple[Persona, ...]] = get_args(Persona)
GAPS: Final[tuple[Gap, ...]] = get_args(Gap)
UNDECIDED: Final = "undecided"

PERSONA_NAMES: Final[dict[str, str]] = {
    "sales_driven": "Sales-driven",
    "passive_marketer": "Passive marketer",
    "dynamic_marketer": "Dynamic marketer",
    "undecided": "Undecided",
}

DIMENSIONS: Final[dict[str, str]] = {
    "HORIZON": "Planning horizon",
    "DECIDE": "What guides decisions",
    "BASIS": "What wins and sets the price",
    "ROLE": "Place in the market",
    "NURTURE": "Care between deals",
    "DEVELOP": "Where new offers come from",
    "RESEARCH": "How you learn about buyers",
    "FUNCTION": "What marketing is for",
    "PARTNER": "What partners are for",
    "VALUEPROP": "Why customers choose you",
    "LIFETIME": "Customers over the years",
    "ACUMEN": "What you talk about with buyers",
    "LEAD": "Where time and money go",
    "ADAPT": "Response to shocks",
}

GAP_NAMES: Final[dict[Gap, str]] = {
    "doubt": "Doubt: asking for help",
    "inertia": "Inertia: deals that stall",
    "suspicion": "Suspicion: proof to check",
    "assumption1": "Every lead to a rep",
    "assumption2": "Early leads thrown away",
    "assumption3": "Knowing the buyer's steps",
    "assumption4": "Who answers for conversion",
    "waste": "Waste: work without effect",
    "experiment": "Experiments",
    "content_use": "Use of sales material",
    "black_hole": "Enquiries nobody meets",
    "vertical": "Follow-up by trade",
    "cadence": "Selling time and rhythm",
}

ZONES: Final[dict[Zone, str]] = {
    "Z1": "home, about and leadership",
    "Z2": "products and prices",
    "Z3": "articles, news and events",
    "Z4": "customers, support and partners",
    "Z5": "vacancies",
}

ZONE_OF: Final[dict[PageType, Zone | None]] = {
    "home": "Z1",
    "about": "Z1",
    "leadership": "Z1",
    "contact": "Z1",
    "product": "Z2",
    "solution": "Z2",
    "pricing": "Z2",
    "shop": "Z2",
    "article": "Z3",
    "research": "Z3",
    "news": "Z3",
    "release": "Z3",
    "event": "Z3",
    "webinar": "Z3",
    "download": "Z3",
    "case_study": "Z4",
    "customers": "Z4",
    "partners": "Z4",
    "support": "Z4",
    "docs": "Z4",
    "academy": "Z4",
    "community": "Z4",
    "careers": "Z5",
    "job": "Z5",
    "legal": None,
    "other": None,
}

EXECUTION_ITEMS: Final = 12
"""Items on how well the method is carried out, E01 to E12."""

CORE_ITEMS: Final[dict[Persona, tuple[str, ...]]] = {
    "sales_driven": ("E01", "E02", "E10", "E12"),
    "passive_marketer": ("E04", "E09", "E10", "E11"),
    "dynamic_marketer": ("E05", "E06", "E07", "E08"),
}
"""Execution items that matter most to a method: they count double in its execution score."""

JUDGED: Final = "Weights were set by judgement and have not been fitted to companies."
NONE_IS_BETTER: Final = "None of the three methods is better than another."
TARGETS: Final = (
    "Targets are starting values set by judgement. Where you have no baseline yet, the first "
    "target is to have one. Where you have no such role, the owner is whoever does that work."
)
