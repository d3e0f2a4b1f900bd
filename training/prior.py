"""The prior as a model: the questionnaire's probability table and the catalogue of signals.

    python -m persona.training.prior models/persona-0.json

With no labelled data the additive model is naive Bayes on the table, tempered because answers
are not independent given the persona. The exponent .45 is where, in simulations from the table
with dependence inside dimensions and 20 to 25 % flattering answers, claimed and actual accuracy
came together; it says nothing about accuracy on real firms.
"""

import hashlib
import json
import math
import sys
from functools import cache
from pathlib import Path

from persona.model.artefact import Model, Thresholds, Training, Weights, save_model
from persona.pipe import shipped_questionnaire
from persona.questionnaire.items import Option, Questionnaire, load_questionnaire
from persona.signals.catalogue import Catalogue, load_catalogue, shipped_catalogue
from persona.training.signal_prior import signal_prior
from persona.vocabulary import PERSONAS

EXPONENT = 0.45
MIN_PROBABILITY = 0.65
MIN_ANSWERS = 6
NAME = "persona-0"
CREATED = "2026-11-21"
NOTES = (
    "Prior only: log-likelihood ratios of the questionnaire's judged probability table, "
    "tempered. Fitted to no company. Below a probability of 0.65 the two nearest personas are "
    "shown as 'could be either'; below six answers there is too little to go on. Signals carry "
    "the directions and strengths of their catalogue, untrained."
)
_DECIMALS = 6


def prior_model(questionnaire: Questionnaire, catalogue: Catalogue) -> Model:
    """Return the model that table and catalogue alone give, with a flat prior.

    The weight of an option toward a persona is ln p(option | persona) minus its mean over the
    three personas; temperature is 1 / EXPONENT.
    """
    return Model(
        name=NAME,
        created=CREATED,
        personas=PERSONAS,
        intercept=(0.0, 0.0, 0.0),
        temperature=round(1 / EXPONENT, _DECIMALS),
        thresholds=Thresholds(min_probability=MIN_PROBABILITY, min_answers=MIN_ANSWERS),
        answers={
            item.id: {option.id: log_likelihood_ratios(option) for option in item.options}
            for item in questionnaire.of_kind("persona")
        },
        training=Training(method="prior", rows=0, data_sha256=table_sha256(questionnaire)),
        metrics={},
        notes=NOTES,
        signals=signal_prior(catalogue),
    )


@cache
def judged_prior() -> Model:
    """Return the model that the shipped table and catalogue alone give, made once."""
    return prior_model(shipped_questionnaire(), shipped_catalogue())


def log_likelihood_ratios(option: Option) -> Weights:
    """Return ln p(option | persona), centred on the mean over personas, in nats."""
    if option.p is None:
        raise ValueError(f"option {option.id} has no probabilities")
    logs = [math.log(p) for p in option.p]
    centre = math.fsum(logs) / len(logs)
    sales, passive, dynamic = (round(log - centre, _DECIMALS) for log in logs)
    return (sales, passive, dynamic)


def table_sha256(questionnaire: Questionnaire) -> str:
    """Return the SHA-256 of the persona items' probability table, wording left out."""
    table = {
        item.id: {option.id: option.p for option in item.options}
        for item in questionnaire.of_kind("persona")
    }
    return hashlib.sha256(json.dumps(table, sort_keys=True).encode()).hexdigest()


def main(target: Path) -> None:
    """Write the prior as a model file."""
    save_model(prior_model(load_questionnaire(), load_catalogue()), target)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
