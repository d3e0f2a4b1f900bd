"""Which of three go-to-market methods a company runs on, and how to execute it well.

    >>> import persona
    >>> result = persona.assess({"P15": "b", "P16": "b", "P13": "b"})
    >>> result.label, result.reason
    ('undecided', 'thin')

Names are imported when they are first used, so that ``import persona`` costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from persona.capture.archive import read_captures as read_captures
    from persona.choosing import describe_model as describe_model
    from persona.choosing import models as models
    from persona.choosing import rollback_model as rollback_model
    from persona.choosing import use_model as use_model
    from persona.choosing import verify_models as verify_models
    from persona.errors import PersonaError as PersonaError
    from persona.pipe import assess as assess
    from persona.pipe import compare as compare
    from persona.pipe import current_model as current_model
    from persona.pipe import evolve_paths as evolve_paths
    from persona.pipe import open_model as open_model
    from persona.pipe import plan as plan
    from persona.pipe import questions as questions
    from persona.pipe import report as report
    from persona.pipe import scan as scan
    from persona.pipe import scan_reading as scan_reading
    from persona.prospects.options import ScoreOptions as ScoreOptions
    from persona.prospects.score import score as score
    from persona.questionnaire.items import load_questionnaire as load_questionnaire
    from persona.reports.recording import record as record
    from persona.reports.result import Respondent as Respondent
    from persona.reports.result import Result as Result
    from persona.reports.result import load_result as load_result
    from persona.reports.result import save_result as save_result
    from persona.signals.extract import extract as extract
    from persona.training.evaluate import evaluate as evaluate
    from persona.training.pools import read_pool as read_pool
    from persona.training.suggest import suggest as suggest
    from persona.training.train import train as train
    from persona.web.server import serve as serve
    from persona.website import read_corpus as read_corpus
    from persona.website import read_website as read_website

_HOMES = {
    "ScoreOptions": "persona.prospects.options",
    "PersonaError": "persona.errors",
    "Respondent": "persona.reports.result",
    "Result": "persona.reports.result",
    "assess": "persona.pipe",
    "compare": "persona.pipe",
    "current_model": "persona.pipe",
    "describe_model": "persona.choosing",
    "evaluate": "persona.training.evaluate",
    "evolve_paths": "persona.pipe",
    "extract": "persona.signals.extract",
    "load_questionnaire": "persona.questionnaire.items",
    "load_result": "persona.reports.result",
    "models": "persona.choosing",
    "open_model": "persona.pipe",
    "plan": "persona.pipe",
    "questions": "persona.pipe",
    "read_captures": "persona.capture.archive",
    "read_corpus": "persona.website",
    "read_pool": "persona.training.pools",
    "read_website": "persona.website",
    "record": "persona.reports.recording",
    "report": "persona.pipe",
    "rollback_model": "persona.choosing",
    "save_result": "persona.reports.result",
    "scan": "persona.pipe",
    "scan_reading": "persona.pipe",
    "score": "persona.prospects.score",
    "serve": "persona.web.server",
    "suggest": "persona.training.suggest",
    "train": "persona.training.train",
    "use_model": "persona.choosing",
    "verify_models": "persona.choosing",
}
__all__ = list(_HOMES)


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'persona' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOMES])
