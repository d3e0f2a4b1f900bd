"""The report a chief executive reads in a terminal."""

from collections.abc import Iterable

from persona.advice.execution import Execution, GapReading
from persona.advice.plan import Plan, Step
from persona.advice.progress import Record, of_play
from persona.layout import Paper, percent, quoted
from persona.model.profile import Standing
from persona.reports.reasons import write_bars, write_reasons
from persona.reports.result import Alternative, Result, Website
from persona.reports.sentences import (
    NO_CHANGE,
    basis,
    changes,
    day,
    fitted_to,
    may_name_nearest,
    more_answers,
    open_verdict,
    outcome,
    plan_heading,
    spelled,
    these_answers,
    what_became,
    why_open,
)
from persona.vocabulary import (
    DIMENSIONS,
    GAP_NAMES,
    NONE_IS_BETTER,
    PERSONA_NAMES,
    TARGETS,
    UNDECIDED,
)

_WIDE = 80
_MOST_LISTED = 4
_STATES = {
    "open": ("○", "gap"),
    "partly": ("◐", "partly"),
    "closed": ("●", "fine"),
    "not applicable": ("·", "n/a"),
    "unknown": ("·", "not known"),
}


def write_report(paper: Paper, result: Result) -> None:
    """Write everything about one company."""
    paper.blank()
    paper.title(result.company or "Your company", day(result.assessed_on))
    paper.blank()
    if result.row.answers or result.website is None:
        _write_assessment(paper, result)
    else:
        _write_scan(paper, result, result.website)
    paper.blank()
    fitted = fitted_to(result.model)
    paper.paragraph(f"{fitted} {NONE_IS_BETTER} Model {result.model.name}.", dim=True)


def _write_assessment(paper: Paper, result: Result) -> None:
    _write_verdict(paper, result)
    if result.website is not None:
        from persona.reports.website import write_opinions

        write_opinions(paper, result.website, result)
    if result.evidence:
        if result.verdict.enough:
            write_reasons(paper, result)
        _write_change(paper, result)
        paper.turn()
        _write_profile(paper, result)
    if result.website is not None:
        _write_website(paper, result, result.website)
    if result.execution.known:
        _write_execution(paper, result.execution)
    paper.turn()
    write_strengths(paper, result.plan)
    paper.turn()
    write_plan(paper, result.plan, result.progress)
    if result.verify:
        _write_checks(paper, result)


def _write_scan(paper: Paper, result: Result, website: Website) -> None:
    from persona.reports import website as site
    from persona.reports.words import write_words

    site.write_site_verdict(paper, result, website)
    if result.verdict.enough:
        write_reasons(paper, result)
    write_words(paper, result.verdict)
    site.write_seen(paper, result, website)
    site.write_traces(paper, website.traces)
    site.write_pages(paper, website)
    if result.label != UNDECIDED:
        write_strengths(paper, result.plan)
    paper.heading("What to do next")
    if result.reason == "unreachable":
        paper.paragraph(site.TRY_AGAIN)
    elif result.reason in ("thin", "mixed") and len(website.pages) > 1:
        paper.paragraph(f"{site.READ_MORE}: --pages N.")
    paper.paragraph(f"{site.ANSWER_TOO}: persona assess --website ADDRESS.")


def _write_website(paper: Paper, result: Result, website: Website) -> None:
    from persona.reports import website as site
    from persona.reports.words import write_words

    paper.turn()
    write_words(paper, result.verdict)
    site.write_seen(paper, result, website)
    site.write_traces(paper, website.traces)
    site.write_pages(paper, website)


def _write_verdict(paper: Paper, result: Result) -> None:
    if result.label == UNDECIDED:
        paper.paragraph(open_verdict(result), strong=True)
        paper.paragraph(f"{why_open(result)} {basis(result)}")
        if may_name_nearest(result):
            nearest = f"{PERSONA_NAMES[result.leader]}, then {PERSONA_NAMES[result.runner_up]}"
            paper.paragraph(f"Nearest: {nearest.lower()}.")
    else:
        paper.paragraph(PERSONA_NAMES[result.label], strong=True)
        if result.plan.method:
            paper.paragraph(result.plan.method)
        paper.paragraph(f"Probability {percent(result.confidence)}; {basis(result)}")
    if result.verdict.enough:
        write_bars(paper, result)


def _write_change(paper: Paper, result: Result) -> None:
    paper.heading("What would change it")
    if not result.verdict.enough:
        paper.paragraph(more_answers(result))
        return
    shown = changes(result)
    if not shown:
        paper.paragraph(NO_CHANGE)
    for alternative in shown:
        paper.blank()
        _write_alternative(paper, result, alternative)


def _write_alternative(paper: Paper, result: Result, alternative: Alternative) -> None:
    count = len(alternative.swaps)
    if count > _MOST_LISTED:
        items = ", ".join(swap.item for swap in alternative.swaps)
        then = outcome(result, alternative)
        paper.paragraph(f"Only with {spelled(count)} answers different, {then}: {items}.")
        return
    paper.paragraph(f"With {these_answers(alternative)} different, {outcome(result, alternative)}:")
    for swap in alternative.swaps:
        paper.labelled(
            "·", f"{quoted(swap.instead_text)}, not {quoted(swap.given_text)}", label_width=2
        )
        paper.paragraph(f"{swap.question} ({swap.item})", indent=2, dim=True)


def _write_profile(paper: Paper, result: Result) -> None:
    paper.heading("Your profile: what your answers resemble")
    slot = 10 if paper.width >= _WIDE else 8
    name_width = paper.room - 3 * slot
    names = ("sales", "passive", "dynamic")
    if not paper.plain:
        paper.row([("", name_width, True), *((name, slot, True) for name in names)])
    for standing in result.profile.standings:
        name = DIMENSIONS.get(standing.dimension, standing.dimension)
        if paper.plain and standing.levels:
            resembles = " and ".join(names[level - 1] for level in sorted(set(standing.levels)))
            paper.paragraph(f"{name}: {resembles}")
        elif not standing.levels:
            word = "neutral" if standing.known else "not known"
            paper.row([(name, name_width, True), (word, 3 * slot, True)])
        else:
            paper.row([(name, name_width, False), *_dots(standing, slot)])


def _dots(standing: Standing, slot: int) -> list[tuple[str, int, bool]]:
    return [
        ("●", slot, False) if level in standing.levels else ("·", slot, True) for level in (1, 2, 3)
    ]


def _write_execution(paper: Paper, execution: Execution) -> None:
    paper.heading("How well it is carried out")
    for gap in execution.gaps:
        _write_gap(paper, gap)
    paper.blank()
    core = any(gap.core for gap in execution.gaps)
    if execution.score is not None:
        double = " Lines marked * matter most to your method and count double." if core else ""
        answered = f"{execution.known} of {execution.asked} questions answered"
        paper.paragraph(
            f"In one figure: {execution.score:.0%} of what is possible, {answered}.{double}"
        )


def _write_gap(paper: Paper, gap: GapReading) -> None:
    mark, word = _STATES.get(gap.state, ("·", gap.state))
    core = " *" if gap.core else ""
    state = (f"{mark} {word}{core}", 12, gap.state not in ("open", "partly"))
    name = GAP_NAMES[gap.gap]
    if paper.plain:
        paper.paragraph(f"{name}: {word}{core}. {gap.diagnosis or ''}")
        return
    if paper.width >= _WIDE:
        paper.row([(name, 27, False), state, (gap.diagnosis or "", paper.room - 39, True)])
        return
    paper.row([(name, paper.room - 12, False), state])
    if gap.diagnosis and gap.state in ("open", "partly"):
        paper.paragraph(gap.diagnosis, indent=2, dim=True)


def write_strengths(paper: Paper, plan: Plan) -> None:
    """Write what to press and what to guard in the company's method."""
    if plan.ambition:
        paper.heading("To be the best at it")
        paper.paragraph(plan.ambition)
    if plan.strengths:
        paper.heading("What this method lets you press")
        paper.bullets(plan.strengths)
    if plan.guards:
        paper.heading("Guard against")
        paper.bullets(plan.guards)


def write_plan(paper: Paper, plan: Plan, progress: Iterable[Record] = ()) -> None:
    """Write the plan alone, with what was recorded of its steps."""
    paper.heading(plan_heading(plan))
    for number, step in enumerate(plan.steps, 1):
        _write_step(paper, number, step, of_play(progress, step.id))
    if plan.steps:
        paper.paragraph(TARGETS, dim=True)
    if plan.note:
        paper.paragraph(plan.note, dim=bool(plan.steps))


def _write_step(paper: Paper, number: int, step: Step, records: Iterable[Record]) -> None:
    paper.paragraph(f"{number}  {step.name} ({step.id})", strong=True)
    paper.paragraph(step.what, indent=3)
    if step.how:
        paper.paragraph(step.how, indent=3)
    reasons = "; ".join(f"{quoted(each.text)} to “{each.question}”" for each in step.because)
    entries = [
        ("Because", f"you answered {reasons}"),
        ("This week", step.first_action),
        ("Owner", step.owner),
        ("In 90 days", step.target),
        ("Measure", f"{step.metric}. {step.measure}"),
    ]
    if step.also_when:
        entries.append(("Also if", step.also_when))
    entries += [("Recorded", what_became(each)) for each in records]
    paper.blank()
    for label, text in entries:
        paper.labelled(label, text, label_width=12, indent=3)
    paper.blank()


def _write_checks(paper: Paper, result: Result) -> None:
    paper.heading("Check these before you rely on it")
    for check in result.verify:
        paper.labelled(
            "·", f"{check.verify_with}: does it back {quoted(check.text)}?", label_width=2
        )
        paper.paragraph(f"{check.question} ({check.item})", indent=2, dim=True)
