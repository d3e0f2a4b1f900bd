"""Which languages a site's pages are in; the facts hold only those in English."""

from collections import Counter

from persona.signals.site import SiteFacts


def words_by_language(facts: SiteFacts) -> Counter[str]:
    """Return the words read in each language, by ISO 639-1 code, "" where it could not be told."""
    words = Counter[str]()
    for page in (*facts.pages, *facts.foreign):
        words[page.language] += page.words
    return words


def foreign_share(facts: SiteFacts) -> float:
    """Return the share of the words read, 0 to 1, that are in another language than English."""
    words = words_by_language(facts)
    known = words.total() - words[""]
    return (known - words["en"]) / known if known else 0.0
