"""How the three methods look on a page, and what each is in one sentence."""

from typing import Final

from persona.vocabulary import Persona

KINDS: Final[dict[Persona, str]] = {
    "sales_driven": "sales",
    "passive_marketer": "passive",
    "dynamic_marketer": "dynamic",
}
"""Classes of the style sheet: each has a colour, a texture and a darkness of its own."""

ABOUT: Final[dict[Persona, str]] = {
    "sales_driven": "A live deal, a rival's move or a need for cash starts things; marketing is "
    "part of selling.",
    "passive_marketer": "Mostly the sales agenda starts things; marketing helps salespeople sell.",
    "dynamic_marketer": "The company's own plan starts things; marketing chooses markets and "
    "shapes the offer.",
}
