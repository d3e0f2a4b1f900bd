"""The one pipe: answers in, result out. Every command is a thin shell over a function here."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from msgspec.structs import replace

from persona.advice.evolve import EvolveAdvice, advise_evolving
from persona.advice.execution import read_execution
from persona.advice.plan import Plan, make_plan
from persona.advice.playbook import Playbook, load_playbook
from persona.advice.triggers import Facts
from persona.advice.verify import to_verify
from persona.errors import ModelError
from persona.home import chosen_model_file
from persona.layout import WIDEST, company_name
from persona.model.artefact import SHIPPED_MODEL, LoadedModel, Model, load_model
from persona.model.change import Change, sensitivity
from persona.model.outside import differences, view_from_outside
from persona.model.profile import Profile, build_profile
from persona.model.verdict import Verdict, classify
from persona.model.website import closed
from persona.observations import ObservationRow, Revision
from persona.questionnaire.answers import check_answers, observe
from persona.questionnaire.items import Questionnaire, load_questionnaire
from persona.reports.result import (
    Alternative,
    ModelName,
    Opinion,
    Respondent,
    Result,
    SwapInWords,
    Website,
)
from persona.vocabulary import Reason

if TYPE_CHECKING:
    from persona.reports.comparison.structures import Comparison, Kind
    from persona.signals.extract import SiteReading

Format = Literal["text", "csv", "json"]


@cache
def shipped_questionnaire() -> Questionnaire:
    """Return the questionnaire that ships with the program, loaded once."""
    return load_questionnaire()


@cache
def shipped_playbook() -> Playbook:
    """Return the playbook that ships with the program, loaded once."""
    items = shipped_questionnaire().items
    return load_playbook(options={item.id: [o.id for o in item.options] for item in items})


def shipped_model() -> LoadedModel:
    """Return the model that ships with the program, loaded once."""
    return _opened(SHIPPED_MODEL, website=True)


def current_model() -> LoadedModel:
    """Return the model in use: the shipped one until ``persona.use_model`` chose another.

    Raises ModelError, with how to go on, when the one chosen is gone or damaged.
    """
    return _in_use(website=True)


def _in_use(*, website: bool) -> LoadedModel:
    """Return the model in use; without ``website`` it weighs answers alone and loads sooner."""
    chosen = chosen_model_file()
    opened = partial(_opened, website=website)
    if chosen is None:
        return opened(SHIPPED_MODEL)
    from persona.model.shelf import Shelf

    return Shelf(chosen.parent, opened).current()


@cache
def _opened(path: Path, *, website: bool) -> LoadedModel:
    return _fitting(path, load_model(path, website=website))


def open_model(path: str | Path) -> LoadedModel:
    """Load a model and check that it fits the shipped questionnaire.

    Raises ModelError when the file is faulty, or weighs an item or option that is not asked.
    """
    return _fitting(Path(path), load_model(Path(path)))


def _fitting(path: Path, loaded: LoadedModel) -> LoadedModel:
    for item_id, options in loaded.model.answers.items():
        item = shipped_questionnaire().by_id.get(item_id)
        for option in options:
            if item is None or item.option(option) is None:
                raise ModelError(
                    f"model {path}: {item_id} {option!r} is not in the questionnaire; "
                    "use a model made for it"
                )
    return loaded


def assess(
    answers: Mapping[str, Any],
    *,
    company: str | None = None,
    on: date | None = None,
    model: LoadedModel | None = None,
    where: str = "answers",
    option_order: Mapping[str, tuple[str, ...]] | None = None,
    revisions: tuple[Revision, ...] = (),
    website: "SiteReading | None" = None,
    respondent: Respondent | None = None,
) -> Result:
    """Classify one set of answers and return everything there is to say about it.

    ``answers`` maps item ids to option ids and may be partial. ``website`` adds what
    ``persona.read_website`` returned: answers and signals are weighed together, and where they
    disagree the result says so. ``on`` is the day of the assessment (today if left out);
    ``model`` comes from ``open_model`` (the one in use if left out); ``where`` names the
    answers in error messages. ``respondent`` says who answered. Raises AnswersError, and
    UsageError for a respondent whose role or name is too long.
    """
    questionnaire, playbook = shipped_questionnaire(), shipped_playbook()
    loaded = model or _in_use(website=website is not None)
    row = observe(check_answers(answers, questionnaire, where), questionnaire)
    if website is not None:
        row = replace(
            row,
            signals=website.signals,
            controls=website.controls,
            wording=website.wording,
        )
    verdict = classify(row, loaded.model, _gate(website))
    profile = build_profile(row)
    changes = sensitivity(verdict, loaded.model)
    return Result(
        company=company_name(company),
        assessed_on=(on or date.today()).isoformat(),
        model=ModelName.of(loaded),
        label=verdict.label,
        confidence=verdict.confidence,
        reason=verdict.reason,
        leader=verdict.leader,
        runner_up=verdict.runner_up,
        probabilities=verdict.probabilities,
        logits=verdict.logits,
        intercept=verdict.intercept,
        evidence=verdict.evidence,
        asked=len(questionnaire.of_kind("persona")),
        needed=loaded.model.thresholds.min_answers,
        label_changes=_in_words(changes.label_changes, questionnaire),
        leader_changes=_in_words(changes.leader_changes, questionnaire),
        profile=profile,
        execution=read_execution(row, verdict.label),
        plan=make_plan(row, verdict.label, profile, playbook),
        verify=to_verify(row, verdict),
        row=replace(row, wording=None),
        option_order=dict(option_order or {}),
        revisions=revisions,
        website=_website(website, row, profile, loaded.model) if website else None,
        respondent=Respondent.of(respondent.role, respondent.name) if respondent else None,
    )


def scan(
    source: str,
    *,
    company: str | None = None,
    on: date | None = None,
    model: LoadedModel | None = None,
    **reading: Any,
) -> Result:
    """Read a website, or saved pages, and classify the company from that alone.

    ``source`` and ``reading`` are as in ``persona.read_website``.
    """
    from persona.website import read_website

    return scan_reading(read_website(source, **reading), company=company, on=on, model=model)


def scan_reading(
    website: "SiteReading",
    *,
    company: str | None = None,
    on: date | None = None,
    model: LoadedModel | None = None,
) -> Result:
    """Classify a company from what ``persona.read_website`` returned."""
    return assess({}, company=company or website.capture.site, on=on, model=model, website=website)


def _gate(website: "SiteReading | None") -> Reason | None:
    return website.gate.reason if website and website.gate else None


def _website(
    reading: "SiteReading", row: ObservationRow, profile: Profile, model: Model
) -> Website:
    sightings = view_from_outside(row, model)
    alone = classify(replace(row, answers=()), model, _gate(reading))
    inside = classify(replace(row, signals=(), wording=None), model) if row.answers else None
    return Website(
        site=reading.capture.site,
        address=reading.capture.address,
        pages=reading.pages,
        unread=reading.capture.unread,
        gate=closed(reading.gate, alone.from_website, model),
        untrained=model.signal_rows == 0,
        sightings=sightings,
        traces=reading.traces,
        website_alone=_opinion(alone),
        answers_alone=_opinion(inside) if inside else None,
        differences=differences(profile, sightings),
    )


def _opinion(verdict: Verdict) -> Opinion:
    return Opinion(verdict.label, verdict.reason, verdict.leader, verdict.probabilities)


def _in_words(change: Change | None, questionnaire: Questionnaire) -> Alternative | None:
    if change is None:
        return None
    swaps = []
    for swap in change.swaps:
        item = questionnaire.by_id[swap.item]
        words = {option.id: option.text for option in item.options}
        swaps.append(
            SwapInWords(
                item=swap.item,
                given=swap.given,
                instead=swap.instead,
                question=item.question,
                given_text=words[swap.given],
                instead_text=words[swap.instead],
            )
        )
    return Alternative(label=change.label, leader=change.leader, swaps=tuple(swaps))


def plan(result: Result) -> Plan:
    """Return the plan of a result: at most three plays, in order."""
    return result.plan


def report(result: Result, width: int = WIDEST, as_format: Literal["text", "html"] = "text") -> str:
    """Return the report of a result as ``text`` of at most ``width`` columns, or as ``html``.

    The HTML is one whole page that needs nothing else.
    """
    if as_format == "html":
        from persona.reports.html.company import company_report

        return company_report(result).decode()
    from persona.layout import Paper
    from persona.reports.terminal import write_report

    paper = Paper(width)
    write_report(paper, result)
    return paper.text()


def compare(
    results: Sequence[Result],
    *,
    kind: "Kind | None" = None,
    anyway: bool = False,
    called: Sequence[str] | None = None,
    model: LoadedModel | None = None,
) -> "Comparison":
    """Set results of one company side by side: of several dates, or of several people.

    ``kind`` is "dates" or "people"; left out, it is told by days and roles, and the comparison
    says which was taken and why. ``anyway`` compares companies of different names. ``called``
    names the results in errors. ``model`` weighs the answers of people (the one in use if left
    out). Raises UsageError for results that cannot be compared, ResultError for damaged ones.
    """
    from persona.reports.comparison.dates import compare_dates
    from persona.reports.comparison.taking import check_together, kind_of

    names = check_together(results, called, anyway=anyway)
    kind, taken = kind_of(results, names, kind)
    if kind == "dates":
        return compare_dates(results, taken, partial(_of_hash, model))
    from persona.reports.comparison.people import compare_people

    loaded = model or _in_use(website=False)
    return compare_people(results, names, taken, loaded, shipped_playbook())


def _of_hash(given: LoadedModel | None, sha256: str) -> LoadedModel | None:
    """Return the model with a hash: the one given, in use or shipped, or None."""
    if given is not None and given.sha256 == sha256:
        return given
    with suppress(ModelError):
        if (loaded := _in_use(website=False)).sha256 == sha256:
            return loaded
    shipped = _opened(SHIPPED_MODEL, website=False)
    return shipped if shipped.sha256 == sha256 else None


def questions(as_format: Format = "text", result: Result | None = None) -> str:
    """Return the questionnaire as ``text``, ``csv`` or ``json``; ``result`` marks its answers."""
    from io import StringIO

    from persona.reports.questions import print_questions

    given = result.row.given if result else None
    printed = StringIO()
    print_questions(shipped_questionnaire(), given, as_format, printed)
    return printed.getvalue()


def evolve_paths(result: Result) -> EvolveAdvice:
    """Return the advice on changing method, for those who ask for it."""
    facts = Facts(result.row, result.profile)
    return advise_evolving(facts, result.label, result.execution, shipped_playbook())
