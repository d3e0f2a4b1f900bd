"""Job titles: which lines of a page are one, and the work that a title is for."""

import re
from typing import Final, Literal
from weakref import WeakKeyDictionary

from persona.signals.terms import TermLists

Role = Literal["sales", "marketing", "product_marketing", "success", "partner", "development"]
"""Work that a vacancy is for; "product_marketing" includes the heads of marketing, who share its
remit. A title may stand for two ("sales and marketing manager"), or for none of these."""

ROLES: Final[tuple[Role, ...]] = (
    "sales",
    "marketing",
    "product_marketing",
    "success",
    "partner",
    "development",
)
MOST_WORDS: Final = 12
MOST_CHARACTERS: Final = 90

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SEX = re.compile(r"\s*[(\[]\s*(?:[mfwdxhv]|all genders)(?:\s*[/|,*]\s*[mfwdxhv])*\s*[)\]]", re.I)
_NAME_BREAK = re.compile(r",| at | @ ", re.I)


class JobWords:
    """The words by which job titles are known, as plain sets for quick look-up."""

    def __init__(self, terms: TermLists) -> None:
        self.nouns = frozenset(terms["jobs.titles.nouns"].phrases)
        self.never = frozenset(terms["jobs.titles.never"].phrases)
        self.buttons = frozenset(terms["jobs.titles.buttons"].phrases)
        self.phrases = terms["jobs.titles.phrases"]

    def name_a_job(self, text: str) -> bool:
        """Return whether a line is a job title: "Field Sales Manager", not "Meet our managers".

        "Jane Smith, Sales Manager" is a person, not a vacancy: the job must come first.
        """
        if not self.can_be_a_title(text):
            return False
        lower = text.lower()
        head = _NAME_BREAK.split(lower, maxsplit=1)[0]
        return not self.nouns.isdisjoint(_words(head)) or self.phrases.within(lower)

    def can_be_a_title(self, text: str) -> bool:
        """Return whether a line has the form of a title: short, no sentence, nobody addressed."""
        if not 2 < len(text) <= MOST_CHARACTERS or text[-1] in '.!?:,;…”"' or text[0] in '“"':
            return False
        words = _words(text.lower())
        return 0 < len(words) <= MOST_WORDS and self.never.isdisjoint(words)

    def label_a_button(self, text: str) -> bool:
        """Return whether a link only leads on ("Apply now", "View all"), or says nothing."""
        words = _words(text.lower())
        return not words or len(words) > MOST_WORDS or words[0] in self.buttons


_KNOWN: "WeakKeyDictionary[TermLists, JobWords]" = WeakKeyDictionary()


def job_words(terms: TermLists) -> JobWords:
    """Return the job words of a language, prepared once."""
    if terms not in _KNOWN:
        _KNOWN[terms] = JobWords(terms)
    return _KNOWN[terms]


def tidy(title: str) -> str:
    """Return a title without marks for the sexes and dangling dashes."""
    return _SEX.sub("", title).strip(" -–—|:•*·►»>")


def roles_of(title: str, terms: TermLists) -> frozenset[Role]:
    """Return the kinds of work that a title stands for; empty for any other work."""
    lower = title.lower()
    return frozenset(
        role
        for role in ROLES
        if terms[f"jobs.{role}.titles"].within(lower)
        and not terms[f"jobs.{role}.not"].within(lower)
    )


def _words(lower: str) -> list[str]:
    return [word.replace("’", "'") for word in _WORD.findall(lower)]
