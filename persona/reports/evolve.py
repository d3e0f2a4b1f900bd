"""The paths to another method, shown only to those who ask for them."""

from persona.advice.evolve import EvolveAdvice
from persona.layout import Paper


def write_evolve(paper: Paper, advice: EvolveAdvice) -> None:
    """Write what to think about before changing method, and each path from the present one."""
    paper.heading("If you choose to change method")
    paper.paragraph(advice.question)
    _write_list(paper, "Good reasons", advice.good_reasons)
    _write_list(paper, "Poor reasons", advice.poor_reasons)
    paper.blank()
    paper.paragraph(advice.first)
    paper.paragraph(advice.readiness)
    if advice.no_path:
        paper.blank()
        paper.paragraph(advice.no_path)
    for path in advice.paths:
        paper.heading(path.name)
        paper.labelled("Takes", path.duration, label_width=8)
        paper.paragraph(path.summary)
        _write_list(paper, "Before you start", path.preconditions)
        if path.id in advice.unmet:
            paper.paragraph("Your answers do not show all of this yet.")
        paper.blank()
        paper.paragraph("Steps", dim=True)
        for number, step in enumerate(path.steps, 1):
            paper.labelled(str(number), step, label_width=3)
        _write_list(paper, "What it costs", path.costs)
        _write_list(paper, "Stop or pause if", path.stop_if)
        _write_list(paper, "You have arrived when", path.arrival)
    paper.heading("Staying, or going back")
    paper.paragraph(advice.staying)


def _write_list(paper: Paper, title: str, texts: tuple[str, ...]) -> None:
    paper.blank()
    paper.paragraph(title, dim=True)
    paper.bullets(texts)
