"""What every signal gave on the site of every worked case, as a Markdown table.

    python -m benchmarks.worked_cases

Rows are signals, columns the cases by their number in the codebook. A value from half of what
counts fully is in bold; "–" is a missing one, with the reasons counted below the table. The last
rows give the gate and the verdict from the website alone.
"""

from collections import Counter
from collections.abc import Iterable

from persona.pipe import scan_reading
from persona.signals.catalogue import SignalEntry, shipped_catalogue
from persona.vocabulary import PERSONA_NAMES, PERSONAS
from tests.integration.worked_cases import CASES, TODAY, Case, reading

MISSING = "–"


def main() -> None:
    """Print the list of cases, the table and the reasons for what is missing."""
    print("| Case | Site | What it is | Codebook | Pages | Words |\n|---|---|---|---|---|---|")
    for case in CASES:
        pages = reading(case.site).pages
        words = sum(page.words for page in pages)
        print(
            f"| {case.number} | {case.site} | {case.what} | {case.label} | {len(pages)} | {words} |"
        )
    print()
    print(row("Signal", (str(case.number) for case in CASES)))
    print(row("---", ("---" for _ in CASES)))
    for entry in shipped_catalogue().signals:
        print(row(f"{entry.id} {entry.name}", (cell(case, entry) for case in CASES)))
    print(row("Gate", (gate(case) for case in CASES)))
    for number, persona in enumerate(PERSONAS):
        print(row(PERSONA_NAMES[persona], (f"{chances(case)[number]:.2f}" for case in CASES)))
    print(row("**Verdict**", (verdict(case) for case in CASES)))
    print("\nWhy signals are missing, over all cases:\n")
    for why, count in reasons().most_common():
        print(f"- {count} × {why}")


def row(head: str, cells: Iterable[str]) -> str:
    """Return one row of a Markdown table."""
    return f"| {head} | {' | '.join(cells)} |"


def cell(case: Case, entry: SignalEntry) -> str:
    """Return what a signal gave on a case's site."""
    found = next(each for each in reading(case.site).signals if each.id == entry.id)
    if found.value is None:
        return MISSING
    if found.value == 0:
        return "0"
    shown = f"{found.value:.2f}".rstrip("0").rstrip(".")
    return f"**{shown}**" if found.value >= entry.full / 2 else shown


def gate(case: Case) -> str:
    """Return the reason why a case's site gives no verdict, or a dash."""
    held = reading(case.site).gate
    return held.reason if held else MISSING


def chances(case: Case) -> tuple[float, ...]:
    """Return the probabilities of the personas from the website alone, in their order."""
    given = scan_reading(reading(case.site), on=TODAY).probabilities
    return tuple(given[persona] for persona in PERSONAS)


def verdict(case: Case) -> str:
    """Return the verdict from the website alone."""
    result = scan_reading(reading(case.site), on=TODAY)
    return PERSONA_NAMES[result.label] + (f" ({result.reason})" if result.reason else "")


def reasons() -> Counter[str]:
    """Count why signals are missing."""
    return Counter(
        signal.missing for case in CASES for signal in reading(case.site).signals if signal.missing
    )


if __name__ == "__main__":
    main()
