"""A chunk of a list scored at once: what ``judge`` finds out row by row, from tables."""

from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from persona.model.artefact import LoadedModel
from persona.pipe import shipped_questionnaire
from persona.prospects.batch.cells import AnswerCells, Codes
from persona.prospects.batch.evidence import Evidence
from persona.prospects.batch.exact import Numbers
from persona.prospects.batch.opening import Openings
from persona.prospects.batch.plays import shipped_plays
from persona.prospects.batch.signals import SignalTables
from persona.prospects.batch.values import values
from persona.prospects.batch.verdicts import LABELS, OPEN, REASONS, Classifier, Verdicts
from persona.prospects.batch.weights import PAIRS, AnswerTables
from persona.prospects.columns import Columns
from persona.prospects.judge import DECIMALS
from persona.prospects.outcome import OUTCOMES, PREFIX
from persona.prospects.table.chunk import Chunk
from persona.vocabulary import PERSONAS

_BETWEEN_TROUBLES: Final = "; "
_TENS: Final = 10.0**DECIMALS


class BatchScorer:
    """Scores chunks of one list by its answers and signals; no website is read.

    Each row comes out as by ``persona.prospects.judge.judge``. A row is judged by its signals as
    by a website of which the words are not known; one without a known signal has no website.
    Chunks may be scored in several threads at a time.
    """

    def __init__(self, loaded: LoadedModel, columns: Columns) -> None:
        items = [item for item in shipped_questionnaire().items if item.id in columns.answers]
        method = [item for item in items if item.kind == "persona"]
        self._items = [*method, *(item for item in items if item.kind != "persona")]
        self._columns = columns
        self._signals = sorted(columns.signals)
        self._cells = {item.id: AnswerCells(item) for item in self._items}
        self._answers = answers = AnswerTables(method, loaded.model)
        signals = SignalTables(self._signals, loaded.model)
        self._classifier = Classifier(answers, signals, loaded.model)
        self._evidence = Evidence(answers, self._signals)
        self._openings = Openings(answers, self._signals)
        self._plays = shipped_plays(tuple(item.id for item in self._items))
        self._texts = {
            "label": pa.array(LABELS),
            "runner_up": pa.array([*(PERSONAS[rival] for _, rival in PAIRS), ""]),
            "reason": pa.array(REASONS),
            "status": pa.array(["scored", "undecided"]),
            "site": pa.array([""]),
            "model": pa.array([loaded.model.name]),
        }

    def score(self, chunk: Chunk) -> pa.RecordBatch:
        """Return what is found out about each row of a chunk.

        Schema ``OUTCOMES``, where the columns of texts that repeat themselves are dictionaries.
        """
        codes, found, troubles = self._read(chunk)
        method = codes[: len(self._answers.items)]
        ways = self._answers.ways(method)
        verdicts = self._classifier.classify(ways, found)
        evidence, counter_evidence, telling = self._evidence.words(method, found, verdicts)
        plays = self._plays.find(verdicts.labels, codes)
        columns = self._figures(verdicts) | {
            "evidence": evidence,
            "counter_evidence": counter_evidence,
            "telling": telling,
            "first_play": _coded(plays, self._plays.texts),
            "opening": _coded(self._openings.find(ways, verdicts), self._openings.texts),
            "error": _errors(troubles, len(chunk)),
        }
        names = [name.removeprefix(PREFIX) for name in OUTCOMES.names]
        return pa.RecordBatch.from_arrays([columns[name] for name in names], OUTCOMES.names)

    def _read(self, chunk: Chunk) -> tuple[Codes, Numbers, list[pa.Array]]:
        """Return the answers and signals of a chunk, and what is wrong with its cells."""
        codes = np.zeros((len(self._items), len(chunk)), np.uint8)
        found = np.empty((len(self._signals), len(chunk)))
        wrong: dict[str, pa.Array | None] = {}
        for place, item in enumerate(self._items):
            cells = chunk.texts(self._columns.answers[item.id])
            codes[place], wrong[item.id] = self._cells[item.id].codes(cells)
        for place, signal in enumerate(self._signals):
            cells = chunk.texts(self._columns.signals[signal])
            found[place], wrong[signal] = values(signal, cells)
        order = [*self._columns.answers, *self._columns.signals]
        troubles = [wrong[name] for name in order if wrong.get(name) is not None]
        return codes, found, troubles

    def _figures(self, verdicts: Verdicts) -> dict[str, Any]:
        """Return the columns of the verdict itself."""
        rows = len(verdicts.labels)
        unknown = ~verdicts.weighed
        status = np.where(verdicts.labels == OPEN, 1, 0)
        coded = {
            "label": verdicts.labels,
            "runner_up": np.where(unknown, len(PAIRS), verdicts.pairs),
            "reason": verdicts.reasons,
            "status": status,
            "site": np.zeros(rows),
            "model": np.zeros(rows),
        }
        figures = {name: _coded(at, self._texts[name]) for name, at in coded.items()}
        shares = dict(zip((f"p_{persona}" for persona in PERSONAS), verdicts.shares, strict=True))
        for name, share in (shares | {"confidence": verdicts.confidence}).items():
            figures[name] = pa.array(np.rint(share * _TENS) / _TENS, mask=unknown)
        return figures | {"pages_read": pa.array(np.zeros(rows, np.int32))}


def _coded(places: Any, texts: pa.Array) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(pa.array(places.astype(np.int32)), texts)


def _errors(troubles: list[pa.Array], rows: int) -> pa.DictionaryArray:
    """Return what is wrong with each row's cells."""
    if not troubles:
        return _coded(np.zeros(rows), pa.array([""]))
    parts = [pc.binary_join_element_wise(_BETWEEN_TROUBLES, each, "") for each in troubles]
    parts = [pc.fill_null(part, "") for part in parts]
    told = pc.binary_join_element_wise(*parts, "")
    return pc.replace_substring_regex(told, f"^{_BETWEEN_TROUBLES}", "").dictionary_encode()
