"""``persona assess``: the questionnaire, asked in a terminal or read from a file."""

import math
from pathlib import Path
from typing import TYPE_CHECKING

import click

from persona.cli.output import check_report, print_json, print_report, write_html
from persona.cli.reading import UNUSED, Reading, reading_options, tell
from persona.errors import UsageError
from persona.files import check_writable

if TYPE_CHECKING:
    from collections.abc import Callable

    from persona.reports.result import Respondent, Result
    from persona.signals.extract import SiteReading


@click.command()
@click.option("--answers", metavar="FILE", help="Answers as JSON or TOML; - reads standard input.")
@click.option("--website", metavar="ADDRESS", help="Add what the company's website shows.")
@reading_options
@click.option("--company", metavar="NAME", help="The company's name, for the report.")
@click.option("--role", metavar="ROLE", help="Of who answers, such as 'Head of sales'.")
@click.option("--respondent", metavar="NAME", help="Who answers; never shown, only saved.")
@click.option("--resume", is_flag=True, help="Go on with a questionnaire that was left.")
@click.option("--restart", is_flag=True, help="Start again; the old answers are set aside.")
@click.option("--quick", is_flag=True, help="Stop asking once no answer could change the verdict.")
@click.option(
    "--risk",
    type=click.FloatRange(0, 0.5),
    default=0.0,
    metavar="CHANCE",
    help="With --quick: also stop when the chance of a change is below this, e.g. 0.05.",
)
@click.option(
    "--save", type=click.Path(path_type=Path), metavar="FILE.json", help="Keep the result."
)
@click.option(
    "--report",
    type=click.Path(path_type=Path),
    metavar="FILE.html",
    help="Write the report as a web page, too.",
)
@click.option(
    "--model", type=click.Path(path_type=Path), metavar="FILE.json", help="Another model."
)
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@click.option("--plain", is_flag=True, help="No colour, no redrawing: for screen readers.")
def assess(
    answers: str | None,
    website: str | None,
    reading: Reading,
    company: str | None,
    role: str | None,
    respondent: str | None,
    resume: bool,
    restart: bool,
    quick: bool,
    risk: float,
    save: Path | None,
    report: Path | None,
    model: Path | None,
    as_json: bool,
    plain: bool,
) -> None:
    """Answer the questionnaire and get a verdict, a profile and a plan.

    \b
    Example: persona assess --company "Norrland Valves" --save norrland.json
    Example: persona assess --company "Norrland Valves" --report norrland.html
    Example: persona assess --answers answers.json --json
    Example: persona assess --website norrland.example --company "Norrland Valves"
    """
    if answers is not None and (resume or restart):
        raise UsageError("--answers does not go with --resume or --restart")
    if resume and restart:
        raise UsageError("--resume and --restart exclude each other")
    if math.isnan(risk):
        raise UsageError("--risk must be a number from 0 to 0.5")
    if risk and not quick:
        raise UsageError("--risk needs --quick")
    if save is not None:
        _check_target(save, answers)
    check_report(report, answers, save, reading.save_pages)
    who = _respondent(role, respondent)
    seen = _read(website, reading, save, plain)
    if answers is not None:
        _show(_from_file(answers, company, who, model, seen), save, report, as_json, plain)
        return
    from persona.cli.sitting import Sitting, Wish

    def show(result: "Result", pause: "Callable[[], None] | None") -> None:
        _show(result, save, report, as_json, plain, pause)

    Sitting(
        company,
        model,
        show,
        plain=plain,
        revisable=not as_json,
        website=seen,
        respondent=who,
        saved=save,
    ).run(Wish(resume=resume, restart=restart, quick=quick, risk=risk))


def _respondent(role: str | None, name: str | None) -> "Respondent | None":
    """Return who answers; raises UsageError for what is too long, before anything is asked."""
    if not role and not name:
        return None
    from persona.reports.result import Respondent

    return Respondent.of(role, name)


def _read(
    website: str | None, reading: Reading, save: Path | None, plain: bool
) -> "SiteReading | None":
    if website is None:
        if reading != UNUSED:
            raise UsageError("options for reading a website need --website")
        return None
    reading.check(website, save)
    seen = reading.read(website, plain=plain)
    reading.keep(seen)
    if seen.gate is not None and seen.gate.reason == "unreachable":
        tell(f"{website}: {seen.gate.words}")
    return seen


def _check_target(save: Path, answers: str | None) -> None:
    check_writable(save)
    if answers is not None and save.exists() and save.resolve() == Path(answers).resolve():
        raise UsageError(f"{save}: --save would overwrite the answers; name another file")


def _from_file(
    answers: str,
    company: str | None,
    respondent: "Respondent | None",
    model: Path | None,
    website: "SiteReading | None",
) -> "Result":
    from persona.pipe import assess as assess_answers
    from persona.pipe import open_model
    from persona.questionnaire.answers import STANDARD_INPUT, read_answers

    where = "standard input" if answers == STANDARD_INPUT else answers
    loaded = open_model(model) if model is not None else None
    return assess_answers(
        read_answers(answers),
        company=company,
        model=loaded,
        where=where,
        website=website,
        respondent=respondent,
    )


def _show(
    result: "Result",
    save: Path | None,
    report: Path | None,
    as_json: bool,
    plain: bool,
    pause: "Callable[[], None] | None" = None,
) -> None:
    if save is not None:
        from persona.reports.result import save_result

        save_result(result, save)
    write_html(report, result)
    if as_json:
        print_json(result)
    else:
        print_report(result, plain=plain, pause=pause)
