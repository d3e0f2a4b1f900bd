"""The language of a text, judged from its words rather than from what the page declares.

Languages with an alphabet of their own are told by their letters, the others by function words:
words that every text of the language is full of ("the", "und", "pour").
"""

import re
from typing import Final

FUNCTION_WORDS: Final[dict[str, str]] = {
    "en": "the and of to for with you your our we is are this that from by can how it at be have",
    "de": "der die das und ist mit für wir sie von zu den auf ein eine nicht auch im dem bei",
    "fr": "le les des et est pour dans vous nous une du sur avec votre nos que qui au aux ce sont",
    "es": "el los las y del para con una por su que más nuestro nuestra como es sus lo al sobre",
    "it": "il gli che di per con una della nostro sono più alla nella dei delle si anche è come",
    "pt": "os as do da para com uma não que em dos das por nossa seu mais você ao são no na",
    "nl": "het een van en voor met wij zijn uw onze naar bij ook niet op te dat aan door je",
    "sv": "och att som för med på är av vi till från om ett den det din du inte har eller",
    "da": "og at som til med på er af vi fra om et den det din du ikke har eller vores",
    "pl": "się na do jest oraz dla nie że jak po przez od aby lub są które nas co za to",
    "cs": "je na se že pro nebo jako do od po jsou který ale by při vám nás také jsme to",
    "tr": "ve bir bu için ile da olarak daha çok en ne gibi olan her sizin biz kadar sonra değil",
    "ru": "и в на с по для не что мы вы из как от это или до наши все при о",
    "uk": "і в на з для не що ми ви як від це або до та у за при є про",
}
_ALPHABETS: Final[tuple[tuple[str, str], ...]] = (
    ("ja", "[\u3040-\u30ff]"),
    ("ko", "[\uac00-\ud7af]"),
    ("zh", "[\u4e00-\u9fff]"),
    ("ar", "[\u0600-\u06ff]"),
    ("he", "[\u0590-\u05ff]"),
    ("el", "[\u0370-\u03ff]"),
    ("hi", "[\u0900-\u097f]"),
    ("th", "[\u0e00-\u0e7f]"),
)
_LANGUAGES: Final[dict[str, list[str]]] = {}
for _code, _words in FUNCTION_WORDS.items():
    for _word in _words.split():
        _LANGUAGES.setdefault(_word, []).append(_code)
_LONGEST_SAMPLE: Final = 2000
_FEWEST: Final = 5
_LEAST_SHARE: Final = 0.04


def language_of(lower: str) -> str:
    """Return the ISO 639-1 code of the language of lower-case text, "" when too little tells.

    Judged on the first 2,000 characters: at least five function words that make up 4 % of the
    words, and more of them than of any other language; or an alphabet of its own.
    """
    sample = lower[:_LONGEST_SAMPLE]
    words = sample.split()
    counts = dict.fromkeys(FUNCTION_WORDS, 0)
    for word in words:
        if word in _LANGUAGES:
            for code in _LANGUAGES[word]:
                counts[code] += 1
    best = max(counts, key=counts.__getitem__)
    found = counts.pop(best)
    if found >= max(_FEWEST, _LEAST_SHARE * len(words)):
        return best if found > max(counts.values()) else ""
    return "" if sample.isascii() else _by_alphabet(sample)


def _by_alphabet(sample: str) -> str:
    """Return the language whose own letters make up a good part of the sample, or ""."""
    least = max(_FEWEST, 0.1 * len(sample))
    for code, letters in _ALPHABETS:
        if len(re.findall(letters, sample)) >= least:
            return code
    return ""
