"""What a verdict rests on: the three probabilities, and the evidence with its exact weights."""

from persona.layout import Paper, counted, percent, quoted
from persona.model.evidence import Evidence
from persona.model.verdict import SLIGHT, Verdict
from persona.model.words import known_words
from persona.observations import Signal
from persona.reports.result import Result
from persona.vocabulary import PERSONA_NAMES, PERSONAS

_NAME_WIDTH = 19


def write_bars(paper: Paper, result: Result) -> None:
    """Write the probabilities of the three personas as bars, the leader's stronger."""
    paper.blank()
    for persona in PERSONAS:
        strong, share = persona == result.leader, result.probabilities[persona]
        paper.bar(PERSONA_NAMES[persona], share, name_width=_NAME_WIDTH, strong=strong)


def write_reasons(paper: Paper, result: Result) -> None:
    """Write the strongest evidence for and against the leader, and how it all adds up."""
    verdict = result.verdict
    leader, rival = (PERSONA_NAMES[each].lower() for each in (result.leader, result.runner_up))
    paper.heading(f"What speaks for {leader}, and against")
    for evidence in (*verdict.for_leader(3), *verdict.against_leader(2)):
        _write_evidence(paper, result, evidence)
    paper.blank()
    paper.paragraph(
        f"A figure above zero speaks for {leader}, below zero for {rival}, the next nearest. "
        f"{sum_in_words(result)}",
        dim=True,
    )


def _write_evidence(paper: Paper, result: Result, evidence: Evidence) -> None:
    weight = signed(result.verdict.margin(evidence))
    if evidence.is_wording:
        paper.labelled(weight, words_of(result.verdict, evidence), label_width=7)
        return
    signal = result.row.signal(evidence.item)
    if signal is not None:
        paper.labelled(weight, f"{signal_in_words(signal)} ({signal.id})", label_width=7)
        for quote in signal.quotes[:1]:
            paper.paragraph(f"{quoted(quote.text)} {quote.url}", indent=7, dim=True)
        return
    answer = result.row.answer(evidence.item)
    if answer is None:
        return
    paper.labelled(weight, answer.text, label_width=7)
    paper.paragraph(f"{answer.question} ({answer.item})", indent=7, dim=True)


def signal_in_words(signal: Signal) -> str:
    """Return a known signal as evidence: what is on the website, or was looked for in vain."""
    if not signal.value:
        return f"Looked for on the website and not found: {signal.says}"
    return f"On the website: {signal.says}"


def words_of(verdict: Verdict, evidence: Evidence) -> str:
    """Return a part of a website's wording as evidence, with words that give it its direction."""
    from persona.reports.words import named_words

    leader, rival = PERSONAS.index(verdict.leader), PERSONAS.index(verdict.runner_up)
    return f"On the website: {named_words(evidence, leader, rival, verdict.margin(evidence) > 0)}"


def sum_in_words(result: Result) -> str:
    """Return how all evidence adds up, with where the model starts unless that is level."""
    verdict = result.verdict
    ahead, behind = (
        percent(result.probabilities[each]) for each in (result.leader, result.runner_up)
    )
    start = verdict.intercept[verdict.leader] - verdict.intercept[verdict.runner_up]
    outcome = f"{ahead} against {behind}"
    together = f"Together, {_pieces(verdict)} give"
    if abs(start) < SLIGHT:
        return f"{together} {signed(verdict.lead)}, which is {outcome}."
    return (
        f"{together} {signed(verdict.lead - start)}. Before it knows anything, the model stands "
        f"at {signed(start)}; that makes {signed(verdict.lead)}, which is {outcome}."
    )


def _pieces(verdict: Verdict) -> str:
    answers, signals = len(verdict.from_answers), len(verdict.from_signals)
    words = known_words(verdict.evidence)
    parts = [counted(answers, "answer")] if answers else []
    parts += [f"{counted(signals, 'known signal')} of the website"] if signals else []
    parts += [f"{words:,} of its words and links"] if words else []
    return " and ".join(filter(None, (", ".join(parts[:-1]), *parts[-1:])))


def signed(value: float) -> str:
    """Return a weight in nats with its sign and two decimals."""
    return f"{'−' if value < 0 else '+'}{abs(value):.2f}"
