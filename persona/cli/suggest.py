"""``persona suggest``: which unlabelled companies to label next, why, and what to ask."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from persona.cli.output import write_json
from persona.files import encode

if TYPE_CHECKING:
    from persona.layout import Paper
    from persona.training.codebook import Question
    from persona.training.suggest import Suggestion, Suggestions

_LABEL = 9
_PATH = click.Path(path_type=Path)
_UNSEEN = (
    "Give those who label the company and the questions, not the reasons: a label given with the "
    "model's opinion in view tells the model nothing new."
)


@click.command()
@click.argument("pool", metavar="POOL...", nargs=-1, required=True, type=_PATH)
@click.option(
    "--labelled",
    multiple=True,
    type=_PATH,
    metavar="TABLE",
    help="Companies labelled before (those that ship, if left out); can be repeated.",
)
@click.option(
    "--captures",
    multiple=True,
    type=_PATH,
    metavar="FILE",
    help="Saved pages of companies in the tables; can be repeated.",
)
@click.option("--model", type=_PATH, metavar="MODEL.json", help="Another model.")
@click.option(
    "--top",
    type=click.IntRange(1, 10_000),
    default=10,
    show_default=True,
    metavar="N",
    help="How many companies to suggest.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the suggestions as JSON.")
def suggest(
    pool: tuple[Path, ...],
    labelled: tuple[Path, ...],
    captures: tuple[Path, ...],
    model: Path | None,
    top: int,
    as_json: bool,
) -> None:
    """Rank unlabelled companies by what a label would teach the model.

    POOL is tables with a company column and answers, signals or words, or saved pages: a
    captures file (.jsonl, .jsonl.gz), WARC records, or a folder. Companies that have a label
    are left out.

    \b
    Example: persona suggest prospects.csv --captures pages.jsonl.gz
    Example: persona suggest pages.jsonl.gz --labelled labelled.csv --top 20
    """
    from persona.cli.reading import tell
    from persona.pipe import current_model, open_model
    from persona.training.pools import read_pool
    from persona.training.suggest import suggest as suggest_labels

    loaded = open_model(model) if model is not None else current_model()
    companies = read_pool(pool, labelled or None, captures)
    suggestions = suggest_labels(companies, loaded, top=top)
    for remark in suggestions.remarks:
        tell(remark)
    if as_json:
        write_json(encode(suggestions))
        return
    from persona.layout import paper_for, print_page

    paper = paper_for(sys.stdout)
    _write(paper, suggestions)
    print_page(paper)


def _write(paper: "Paper", found: "Suggestions") -> None:
    from persona.layout import counted

    paper.heading("Label these next")
    paper.paragraph(
        f"{len(found.suggested)} of {found.pool} unlabelled companies, by what their label would "
        f"teach {found.model.name}, beside {found.labelled} labelled ones. Worth 1 is a label of "
        "an average company of these."
    )
    for one in found.suggested:
        _write_one(paper, one)
    paper.blank()
    paper.paragraph(_UNSEEN)
    paper.heading("First, of every company")
    for gate in found.gates:
        paper.paragraph(gate.question)
        paper.labelled("if not", f"{gate.reason}: {gate.undecided_if}", label_width=_LABEL)
    paper.heading(f"Then, {counted(len(found.questions), 'question')}")
    for question in found.questions:
        _write_question(paper, question)
    paper.heading("To tell two methods apart")
    for pair in found.tests:
        paper.paragraph(" or ".join(_name(persona) for persona in pair.between), strong=True)
        paper.bullets(pair.tests)
    paper.heading("Points and label")
    paper.paragraph(found.points)


def _write_one(paper: "Paper", one: "Suggestion") -> None:
    paper.blank()
    paper.title(f"{one.rank}. {one.company}", f"worth {one.worth:.1f}")
    paper.labelled("why", "; ".join(one.why), label_width=_LABEL)
    paper.labelled("ask", "; ".join(map(_dimension, one.ask)) or "nothing is open",
                   label_width=_LABEL)  # fmt: skip


def _write_question(paper: "Paper", question: "Question") -> None:
    from persona.vocabulary import PERSONAS

    paper.blank()
    paper.paragraph(_dimension(question.id), strong=True)
    paper.paragraph(f"{question.question} Look at {question.look_at}.")
    for persona in PERSONAS:
        paper.labelled(_name(persona).partition(" ")[0].partition("-")[0].lower(),
                       getattr(question, persona), label_width=_LABEL)  # fmt: skip
    paper.labelled("beware", question.beware, label_width=_LABEL)


def _dimension(code: str) -> str:
    from persona.vocabulary import DIMENSIONS

    return DIMENSIONS[code]


def _name(persona: str) -> str:
    from persona.vocabulary import PERSONA_NAMES

    return PERSONA_NAMES[persona]
