"""The report a chief executive reads in a terminal."""

from datetime import date

from persona.advice.execution import Execution, GapReading
from persona.advice.plan import Plan, Step
from persona.capture.records import MOST_PAGES
from persona.layout import Paper, counted, percent, quoted
from persona.model.evidence import add, ranked
from persona.model.profile import Standing
from persona.reports.reasons import write_bars, write_reasons
from persona.reports.result import Alternative, ModelName, Result, Website
from persona.vocabulary import (
    DIMENSIONS,
    GAP_NAMES,
    JUDGED,
    NONE_IS_BETTER,
    PERSONA_NAMES,
    PERSONAS,
    TARGETS,
    UNDECIDED,
)

ANSWER_TOO = (
    "A website shows the outside. Answer the questionnaire (persona assess --website ADDRESS) to "
    "set the inside view beside it and to get a plan."
)
READ_MORE = f"More pages may decide it: --pages takes up to {MOST_PAGES}."
TRY_AGAIN = (
    "Check the spelling and the connection; a site that refuses programs can be saved from a "
    "browser and scanned as a folder."
)
_WIDE = 80
_MOST_LISTED = 4
_NOT_FAR_BEHIND = 0.2
_STATES = {
    "open": ("○", "gap"),
    "partly": ("◐", "partly"),
    "closed": ("●", "fine"),
    "not applicable": ("·", "n/a"),
    "unknown": ("·", "not known"),
}
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def write_report(paper: Paper, result: Result) -> None:
    """Write everything about one company."""
    paper.blank()
    paper.title(result.company or "Your company", _day(result.assessed_on))
    paper.blank()
    if result.row.answers or result.website is None:
        _write_assessment(paper, result)
    else:
        _write_scan(paper, result, result.website)
    paper.blank()
    basis = _fitted_to(result.model) if result.model.rows else JUDGED
    paper.paragraph(f"{basis} {NONE_IS_BETTER} Model {result.model.name}.", dim=True)


def _fitted_to(model: ModelName) -> str:
    """Return what the weights were fitted to, and so what a probability means."""
    whom = f"companies labelled by {model.labelled_by}" if model.labelled_by else "companies"
    labelled = "" if model.labelled_by else " labelled"
    return (
        f"Weights were fitted to {model.rows}{labelled} {whom}: a probability says how often such "
        "labels are met, no more."
    )


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
    write_plan(paper, result.plan)
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
        paper.paragraph(TRY_AGAIN)
    elif result.reason in ("thin", "mixed") and len(website.pages) > 1:
        paper.paragraph(READ_MORE)
    paper.paragraph(ANSWER_TOO)


def _write_website(paper: Paper, result: Result, website: Website) -> None:
    from persona.reports import website as site
    from persona.reports.words import write_words

    paper.turn()
    write_words(paper, result.verdict)
    site.write_seen(paper, result, website)
    site.write_traces(paper, website.traces)
    site.write_pages(paper, website)


def _write_verdict(paper: Paper, result: Result) -> None:
    known = len(result.verdict.from_answers)
    basis = f"{known} of {result.asked} questions on method answered{_and_read(result)}."
    if result.label == UNDECIDED:
        paper.paragraph(_open_verdict(result), strong=True)
        paper.paragraph(f"{_why_open(result)} {basis}")
        if _may_name_nearest(result):
            nearest = f"{PERSONA_NAMES[result.leader]}, then {PERSONA_NAMES[result.runner_up]}"
            paper.paragraph(f"Nearest: {nearest.lower()}.")
    else:
        paper.paragraph(PERSONA_NAMES[result.label], strong=True)
        if result.plan.method:
            paper.paragraph(result.plan.method)
        paper.paragraph(f"Probability {percent(result.confidence)}; {basis}")
    if result.verdict.enough:
        write_bars(paper, result)


def _may_name_nearest(result: Result) -> bool:
    """Return whether the evidence itself, and not where the model starts, puts the leader first."""
    if result.verdict.enough:
        return True
    found = add([each.weights for each in result.evidence])
    return max(found) > 0 and PERSONAS[ranked(found)[0]] == result.leader


def _open_verdict(result: Result) -> str:
    if not result.verdict.enough:
        return "Undecided: too little to go on"
    if min(result.probabilities.values()) >= _NOT_FAR_BEHIND:
        return "Undecided: no method stands out"
    leader, rival = (PERSONA_NAMES[each].lower() for each in (result.leader, result.runner_up))
    return f"Undecided: could be either {leader} or {rival}"


def _why_open(result: Result) -> str:
    if not result.verdict.enough:
        return "Too few questions on method are answered for a verdict."
    if result.website is not None and result.verdict.from_website:
        return "Your answers and the website together point both ways; what each says is below."
    return "Your answers point both ways, and a guess would not help you."


def _and_read(result: Result) -> str:
    if result.website is None or not result.website.pages:
        return ""
    pages = counted(len(result.website.pages), "page")
    return f", {pages} of {result.website.site} read"


def _day(iso: str) -> str:
    try:
        day = date.fromisoformat(iso)
    except ValueError:
        return iso
    return f"{day.day} {day:%B %Y}"


def _number(count: int) -> str:
    return _NUMBERS[count] if 0 <= count < len(_NUMBERS) else str(count)


def _write_change(paper: Paper, result: Result) -> None:
    paper.heading("What would change it")
    if not result.verdict.enough:
        paper.paragraph(
            f"More answers: a verdict takes at least {_number(result.needed)} on method."
        )
        return
    shown: list[Alternative] = []
    for each in (result.label_changes, result.leader_changes):
        if each and (each.label, each.leader) not in [(one.label, one.leader) for one in shown]:
            shown.append(each)
    if not shown:
        paper.paragraph("No change of the answers you gave would change the verdict.")
    for alternative in shown:
        paper.blank()
        _write_alternative(paper, result, alternative)


def _write_alternative(paper: Paper, result: Result, alternative: Alternative) -> None:
    count = len(alternative.swaps)
    answers = "this answer" if count == 1 else f"these {_number(count)} answers"
    if count > _MOST_LISTED:
        items = ", ".join(swap.item for swap in alternative.swaps)
        outcome = _outcome(result, alternative)
        paper.paragraph(f"Only with {_number(count)} answers different, {outcome}: {items}.")
        return
    paper.paragraph(f"With {answers} different, {_outcome(result, alternative)}:")
    for swap in alternative.swaps:
        paper.labelled(
            "·", f"{quoted(swap.instead_text)}, not {quoted(swap.given_text)}", label_width=2
        )
        paper.paragraph(f"{swap.question} ({swap.item})", indent=2, dim=True)


def _outcome(result: Result, alternative: Alternative) -> str:
    leader = PERSONA_NAMES[alternative.leader].lower()
    if alternative.label != UNDECIDED:
        return f"the verdict would be {PERSONA_NAMES[alternative.label].lower()}"
    if alternative.leader == result.leader:
        return "the verdict would be left open"
    return f"{leader} would lead, without a verdict"


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


def write_plan(paper: Paper, plan: Plan) -> None:
    """Write the plan alone."""
    count = len(plan.steps)
    many = f"{_number(count).capitalize()} things to do"
    title = {0: "What to do", 1: "One thing to do"}.get(count, many)
    paper.heading(title)
    for number, step in enumerate(plan.steps, 1):
        _write_step(paper, number, step)
    if plan.steps:
        paper.paragraph(TARGETS, dim=True)
    if plan.note:
        paper.paragraph(plan.note, dim=bool(plan.steps))


def _write_step(paper: Paper, number: int, step: Step) -> None:
    paper.paragraph(f"{number}  {step.name}", strong=True)
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
