"""Leakage: labels that industry or source give away are told, labels that they do not are not."""

import random

from persona.training.companies import Company
from persona.training.leakage import leakage
from persona.vocabulary import PERSONAS


def companies(*, industry_tells: bool, source_tells: bool, count: int = 120) -> list[Company]:
    draw = random.Random(3)
    made = []
    for number in range(count):
        label = PERSONAS[number % 3]
        other = draw.choice(PERSONAS)
        made.append(
            Company(
                company=f"c{number}",
                label=label,
                source=label if source_tells else other,
                controls={
                    "k_industry": f"trade of {label if industry_tells else other}",
                    "k_size": draw.choice(("small", "large")),
                },
            )
        )
    return made


def test_controls_that_give_labels_away_are_told_and_an_idle_source_is_not() -> None:
    source, controls = leakage(companies(industry_tells=True, source_tells=False))
    assert (source.about, controls.about) == ("source", "controls")
    assert controls.kappa.value > 0.95
    assert controls.leaks
    assert "labels are foretold by the controls (industry, size, business or consumer) alone" in (
        controls.words
    )
    assert "claim for answers and signals only what they add" in controls.words
    assert not source.leaks
    assert source.kappa.low <= 0 <= source.kappa.high
    assert "labels are not foretold by the source of the pages alone" in source.words


def test_a_source_that_gives_labels_away_is_told() -> None:
    source, controls = leakage(companies(industry_tells=False, source_tells=True))
    assert source.leaks
    assert source.companies == 120
    assert not controls.leaks


def test_the_order_of_the_companies_does_not_matter() -> None:
    made = companies(industry_tells=True, source_tells=True)
    assert leakage(made) == leakage(made[::-1])


def test_only_companies_that_are_judged_and_known_count() -> None:
    made = companies(industry_tells=False, source_tells=True)
    weak = [Company(company=f"w{number}", label=PERSONAS[0], source="x", weight=0.1)
            for number in range(50)]  # fmt: skip
    unknown = [Company(company=f"u{number}", label=PERSONAS[1]) for number in range(50)]
    assert leakage([*made, *weak, *unknown]) == leakage(made)


def test_nothing_is_said_of_too_few_companies_or_of_columns_that_are_alike() -> None:
    made = companies(industry_tells=True, source_tells=True)
    assert leakage([]) == ()
    assert leakage(made[:29]) == ()
    alike = [Company(company=one.company, label=one.label, source="one") for one in made]
    assert leakage(alike) == ()
    one_class = [one for one in made if one.label == PERSONAS[0]]
    assert leakage(one_class) == ()
    lonely = [*one_class, Company(company="z", label=PERSONAS[1], source="x")]
    assert leakage(lonely) == ()


def test_a_class_of_few_companies_is_no_obstacle() -> None:
    made = companies(industry_tells=True, source_tells=True)
    few = [one for one in made if one.label != PERSONAS[2]] + [
        one for one in made if one.label == PERSONAS[2]
    ][:2]
    (source, _) = leakage(few)
    assert source.leaks
