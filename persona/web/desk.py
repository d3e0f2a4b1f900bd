"""What all pages share: settings, questionnaire, model, what is kept, and work under way."""

from functools import cache, partial
from pathlib import Path
from typing import Final

from jinja2 import Environment

from persona.model.artefact import LoadedModel
from persona.pipe import current_model, open_model, shipped_questionnaire
from persona.questionnaire.items import Questionnaire
from persona.questionnaire.ordering import next_item
from persona.questionnaire.store import Store
from persona.reports.html.page import make_environment
from persona.reports.sentences import day
from persona.web.assets import Assets
from persona.web.jobs import Jobs
from persona.web.seats import Seats
from persona.web.settings import Settings as Settings
from persona.web.shelf import ResultShelf

TEMPLATES: Final = Path(__file__).parent / "templates"


class Desk:
    """One server's things, made once and handed to every module of pages.

    Raises ModelError when the model asked for, or the one in use, cannot be used.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.questionnaire: Questionnaire = shipped_questionnaire()
        self.model: LoadedModel = open_model(settings.model) if settings.model else current_model()
        self.store = Store(settings.folder / "sessions", self.questionnaire)
        choose = partial(next_item, questionnaire=self.questionnaire, model=self.model.model)
        self.seats = Seats(self.store, self.questionnaire, choose)
        self.results = ResultShelf(settings.folder / "results")
        self.jobs = Jobs()
        self.assets = _assets()
        self.environment = _environment()


@cache
def _assets() -> Assets:
    return Assets()


@cache
def _environment() -> Environment:
    """Return what fills the templates, which are read and compiled once in a process."""
    environment = make_environment(TEMPLATES)
    environment.auto_reload = False
    environment.filters["day"] = day
    environment.globals["asset"] = _assets().address
    return environment
