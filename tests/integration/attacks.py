"""What somebody would add to a site, or take from it, to look like another kind of company."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Final

from persona.capture.records import Capture, CapturedPage
from tests.integration.worked_cases import READ_AT, capture, capture_of

MANIFESTO: Final = """
<!DOCTYPE html><html lang="en"><head><title>Our manifesto</title></head><body><main>
<h1>We are reinventing our industry</h1>
<p>We believe that the old way is over. We have created a new category, and we are its leader.
Customers are at the heart of everything we do. We listen. We learn. We never stand still.</p>
<p>Innovation is in our blood. We think in decades and not in quarters: by 2040 our trade will look
nothing like today, and we will have shaped it. We are visionary, purpose-driven and bold.</p>
<p>We do not sell, we partner. Together with our ecosystem we co-create the future, share knowledge
and build lasting value for a lifetime. We are not for everyone. We are for those who dare.</p>
<p>Research guides us, insight inspires us, and our community carries us. Join the movement.</p>
</main></body></html>
"""

_ADVICE: Final = (
    "Good planning saves time and money in every business.",
    "Start the week with a short list of what matters most.",
    "Communication is the key to success, inside the company and outside it.",
    "Experts agree that small steps lead to big changes over the years.",
    "Ask yourself what your customers really need, and write it down.",
    "Technology moves fast, so it pays to keep an eye on the latest trends.",
    "A tidy workplace is a safe workplace, and a safe workplace is a happy one.",
    "Remember that people are the most important part of any organisation.",
    "Set goals that are clear, that can be measured and that can be reached.",
    "Do not be afraid of mistakes; they are the best teachers we have.",
    "Share what you know with your colleagues and everybody will benefit.",
    "Quality is never an accident; it is always the result of careful work.",
    "Take a break when you need one, because tired minds make poor decisions.",
    "Review your processes once a year and remove what nobody needs any more.",
    "Sustainability matters more than ever, and every little helps.",
    "Think about the long run, and do not lose sight of the day.",
    "A second pair of eyes often sees what the first has missed.",
    "Training is an investment that pays for itself many times over.",
    "Be open to new ideas, wherever they come from.",
    "Thank people for their work, in public and by name.",
    "Keep records, since what is written down is not forgotten.",
    "In the end it is the details that make the difference.",
    "Many companies overlook this simple point, and they regret it later.",
)
_TITLES: Final = (
    "Five trends to watch this year",
    "Why planning matters",
    "How to get more out of Monday",
    "The power of teamwork",
    "Ten tips for a safer workplace",
    "What is sustainability?",
    "Small changes, big results",
    "The art of listening",
    "How to run a better meeting",
    "Why quality pays",
    "Spring cleaning for your processes",
    "The future of work",
    "Seven habits of busy people",
    "How to set goals",
    "A short guide to motivation",
    "Why details matter",
    "Lessons from a long summer",
    "How to save energy at work",
    "The importance of training",
    "Looking back, looking ahead",
)
_SENTENCES: Final = 22

SHEETS: Final = ("two-piece", "three-piece", "heavy-duty")
JARGON: Final[dict[str, dict[str, str]]] = {
    "harrowpike": {
        "valve": "sensor",
        "actuator": "transmitter",
        "steam": "signal",
        "pipe": "cable",
    },
    "sparrowgate": {"clean": "guard", "window": "gate", "washroom": "cloakroom", "soap": "torches"},
}

_STYLING = re.compile(
    r"<script\b.*?</script>|<style\b.*?</style>|<link\b[^>]*stylesheet[^>]*>|<img\b[^>]*>"
    r"|</?font\b[^>]*>|\s(?:class|style|id|bgcolor|width|height|align|valign|border|cellpadding"
    r"|cellspacing|link)=(?:\"[^\"]*\"|\S+?(?=[\s>]))",
    re.DOTALL | re.IGNORECASE,
)


def manifesto() -> dict[str, str]:
    """Return a page of vision without conduct."""
    return {"manifesto": MANIFESTO}


def filler() -> dict[str, str]:
    """Return a blog of twenty posts of common advice, a week apart, with the list of them."""
    pages = {}
    items = []
    for number, title in enumerate(_TITLES):
        path = f"blog/{title.lower().replace(',', '').replace(' ', '-').strip('?')}"
        month, day = 10 - number // 4, 28 - 7 * (number % 4)
        sentences = [_ADVICE[(number * 5 + step * 3) % len(_ADVICE)] for step in range(_SENTENCES)]
        half = _SENTENCES // 2
        stamp = f'<time datetime="2026-{month:02}-{day:02}">{day}/{month}/2026</time>'
        body = f"<p>{' '.join(sentences[:half])}</p><p>{' '.join(sentences[half:])}</p>"
        pages[path] = _page(title, f"{stamp}{body}")
        items.append(f'<h3><a href="/{path}">{title}</a></h3>{stamp}')
    pages["blog"] = _page("Our blog", "".join(items))
    return pages


def research_tab() -> dict[str, str]:
    """Return a "Research" section that holds product sheets."""
    links = "".join(f'<li><a href="/research/{sheet}">{sheet} data</a></li>' for sheet in SHEETS)
    pages = {
        f"research/{sheet}": _page(
            f"Research: {sheet} series",
            f"<p>The {sheet} series at a glance. Sizes 15 to 80 mm, pressure to 40 bar, 316 steel. "
            "Tested to the usual standards. Delivery from stock. Ask our sales desk for a price."
            '</p><p><a href="/quote">Request a quote</a></p>',
        )
        for sheet in SHEETS
    }
    pages["research"] = _page("Research", f"<p>Read our research.</p><ul>{links}</ul>")
    return pages


def _page(title: str, body: str) -> str:
    return (
        f'<!DOCTYPE html><html lang="en"><head><title>{title}</title></head>'
        f"<body><main><h1>{title}</h1>{body}</main></body></html>"
    )


def with_pages(site: str, *added: Mapping[str, str]) -> Capture:
    """Return a case's capture with pages added, given as HTML by path."""
    had = capture(site)
    new = (
        CapturedPage(f"https://{had.site}/{path}", html, READ_AT, 200)
        for pages in added
        for path, html in pages.items()
    )
    return capture_of((*had.pages, *new))


def with_html(site: str, pages: Iterable[str]) -> Capture:
    """Return a case's capture with the HTML of its pages replaced, in order."""
    had = capture(site).pages
    new = (
        CapturedPage(page.url, html, page.fetched_at, page.status)
        for page, html in zip(had, pages, strict=True)
    )
    return capture_of(new)


def without_styling(site: str) -> Capture:
    """Return a case's capture without classes, ids, styles, scripts and images."""
    return with_html(site, (_STYLING.sub("", page.html) for page in capture(site).pages))


def in_other_words(site: str) -> Capture:
    """Return a case's capture with the words of its trade swapped for those of another."""
    swaps = JARGON[site]
    words = re.compile("|".join(swaps), re.IGNORECASE)

    def swap(match: re.Match[str]) -> str:
        new = swaps[match[0].lower()]
        return new.capitalize() if match[0][0].isupper() else new

    return with_html(site, (_outside_tags(words, swap, page.html) for page in capture(site).pages))


def _outside_tags(words: re.Pattern[str], swap: Callable[[re.Match[str]], str], html: str) -> str:
    parts = re.split(r"(<[^>]*>)", html)
    parts[::2] = [words.sub(swap, text) for text in parts[::2]]
    return "".join(parts)
