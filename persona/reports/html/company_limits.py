"""What the report cannot say, for the page, in plain words."""

from persona.reports.result import Result
from persona.reports.sentences import fitted_to
from persona.reports.website import UNTRAINED
from persona.vocabulary import NONE_IS_BETTER


def limits_view(result: Result) -> list[dict[str, str]]:
    """Return what the report cannot say, in plain words."""
    limits = [
        ("This is the verdict of a model, not a fact.", fitted_to(result.model)),
        (
            "It sorts by method, not by quality.",
            f"{NONE_IS_BETTER} Whether one of them earns more than another is not known, and "
            "nothing here foretells sales or profit.",
        ),
    ]
    if result.row.answers:
        limits.append(
            (
                "It is one person's view.",
                "Answers were taken as they were given. Somebody else in the company may see "
                "another company: ask a second person, and compare.",
            )
        )
    if result.website is not None:
        limits.append(
            (
                "A website shows only a part.",
                "It is how a company wants to be seen, on the pages that were read, on those days. "
                "Pages in other languages than English are not judged. By a website alone the "
                "model agrees less with its labels than by answers, and least on companies unlike "
                "those it was fitted to: its card has the figures.",
            )
        )
        if result.website.untrained:
            limits.append(("Weights of the website are a judgement.", UNTRAINED))
    if result.execution.score is not None:
        limits.append(
            (
                "How well the method is carried out is a second matter.",
                "It never moves the verdict, and its figure is not compared between methods.",
            )
        )
    return [{"name": name, "text": text} for name, text in limits]
