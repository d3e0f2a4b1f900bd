"""The model file: what was written is read back, and nothing else is accepted."""

import hashlib
import json
import pickle
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from persona.errors import ModelError
from persona.model.artefact import (
    SCHEMA,
    SHIPPED_MODEL,
    Model,
    Thresholds,
    Training,
    encode_model,
    load_model,
    save_model,
)
from persona.model.verdict import classify
from persona.vocabulary import PERSONAS
from tests.conftest import complaint
from tests.strategies import TYPICAL, row_of
from tests.websites import JUDGED_MODEL, PRIOR_FILE

Edit = Callable[[dict[str, Any]], object]

finite = st.floats(min_value=-20, max_value=20)
weights = st.tuples(finite, finite, finite)
models = st.builds(
    Model,
    name=st.text(max_size=8),
    created=st.just("2026-01-01"),
    personas=st.just(PERSONAS),
    intercept=weights,
    temperature=st.floats(min_value=0.1, max_value=50),
    thresholds=st.builds(
        Thresholds,
        min_probability=st.floats(min_value=0.5, max_value=0.99),
        min_answers=st.integers(min_value=0, max_value=28),
    ),
    answers=st.dictionaries(
        st.sampled_from(["P01", "P02", "P28"]),
        st.dictionaries(st.sampled_from("abcde"), weights, max_size=3),
    ),
    training=st.builds(Training, method=st.text(max_size=8), rows=st.integers(0, 9)),
    metrics=st.dictionaries(st.text(max_size=8), finite, max_size=3),
    notes=st.text(alphabet="ab []{},:\"\\\n1.5é", max_size=30),
)  # fmt: skip


def refusal(path: Path) -> str:
    """Return the complaint about a model file, having checked that it is one line."""
    with pytest.raises(ModelError) as error:
        load_model(path)
    return complaint(error.value, path)


def sealed(body: bytes, schema: str = SCHEMA, extra: str = "") -> bytes:
    """Return a model file around ``body`` whose hash is right."""
    digest = hashlib.sha256(body).hexdigest()
    head = f'{{"schema": "{schema}", "sha256": "{digest}", {extra}"model": '
    return head.encode() + body + b"}"


def edited(edit: Edit) -> bytes:
    """Return the body of the prior model with one thing changed."""
    document = json.loads(PRIOR_FILE.read_bytes())["model"]
    edit(document)
    return json.dumps(document).encode()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "model.json"


@pytest.mark.parametrize("shipped", [PRIOR_FILE, SHIPPED_MODEL], ids=lambda path: path.stem)
def test_a_shipped_model_says_what_it_is(shipped: Path) -> None:
    loaded = load_model(shipped)
    assert loaded.model.name == shipped.stem
    assert loaded.model.personas == PERSONAS
    assert (loaded.model.training.rows == 0) == (loaded.model.training.method == "prior")
    assert loaded.sha256 in shipped.read_text()
    assert re.fullmatch("[0-9a-f]{64}", loaded.sha256)


def test_saving_what_was_loaded_gives_the_same_bytes(file: Path) -> None:
    save_model(JUDGED_MODEL.model, file)
    assert file.read_bytes() == PRIOR_FILE.read_bytes()


@given(model=models)
def test_any_model_survives_a_round_trip_byte_for_byte(
    model: Model, tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path_factory.mktemp("models") / "model.json"
    save_model(model, file)
    assert load_model(file).model == model
    assert encode_model(load_model(file).model) == file.read_bytes()


def test_the_file_is_readable_json_in_which_every_weight_can_be_found(file: Path) -> None:
    document = json.loads(PRIOR_FILE.read_text())
    assert document["schema"] == SCHEMA
    assert len(document["model"]["answers"]) == 28
    assert document["model"]["answers"]["P01"]["a"][0] > 0


def test_any_one_byte_changed_is_noticed(file: Path) -> None:
    content = PRIOR_FILE.read_bytes()
    for at in range(0, len(content) - 1, 7):
        file.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
        refusal(file)


@pytest.mark.parametrize("kept", [0, 1, 30, 500, -4])
def test_a_file_cut_short_is_noticed(file: Path, kept: int) -> None:
    file.write_bytes(PRIOR_FILE.read_bytes()[:kept])
    refusal(file)


def test_a_wrong_hash_is_noticed_and_said(file: Path) -> None:
    text = PRIOR_FILE.read_text()
    file.write_text(text.replace(JUDGED_MODEL.sha256, "0" * 64))
    assert "SHA-256" in refusal(file)


def test_a_weight_changed_by_hand_is_noticed_and_said(file: Path) -> None:
    file.write_text(PRIOR_FILE.read_text().replace("0.658137", "0.658138", 1))
    assert "SHA-256" in refusal(file)


@pytest.mark.parametrize("schema", ["persona-model/2", "persona-model/0", "persona-session/1", ""])
def test_another_schema_is_refused_and_both_are_named(file: Path, schema: str) -> None:
    file.write_bytes(sealed(edited(lambda model: None), schema=schema))
    message = refusal(file)
    assert repr(schema) in message
    assert SCHEMA in message


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999", "null", '"0.5"'])
def test_a_weight_that_is_no_finite_number_is_refused(file: Path, number: str) -> None:
    body = edited(lambda model: None).replace(b"0.658137", number.encode(), 1)
    file.write_bytes(sealed(body))
    refusal(file)


def test_a_model_file_from_before_signals_is_still_read(file: Path) -> None:
    def without(model: dict[str, Any]) -> None:
        del model["signals"], model["signal_rows"]

    file.write_bytes(sealed(edited(without)))
    loaded = load_model(file).model
    assert loaded.signals == {}
    assert loaded.answers == JUDGED_MODEL.model.answers


MAY_BE_MISSING = ("signals", "signal_rows", "site", "card")


@pytest.mark.parametrize(
    "field", [name for name in Model.__struct_fields__ if name not in MAY_BE_MISSING]
)
def test_a_missing_field_is_named(file: Path, field: str) -> None:
    file.write_bytes(sealed(edited(lambda model: model.pop(field))))
    assert field in refusal(file)


EDITS: dict[str, Edit] = {
    "surprise": lambda model: model.update(surprise=1),
    "surprise ": lambda model: model["thresholds"].update({"surprise ": 1}),
    "personas": lambda model: model["personas"].reverse(),
    "personas must": lambda model: model["personas"].pop(),
    "temperature": lambda model: model.update(temperature=0),
    "min_probability": lambda model: model["thresholds"].update(min_probability=1.0),
    "thresholds.min_probability": lambda model: model["thresholds"].update(min_probability=0.4),
    "min_answers": lambda model: model["thresholds"].update(min_answers=-1),
    "thresholds.min_answers": lambda model: model["thresholds"].update(min_answers=6.5),
    "intercept": lambda model: model["intercept"].pop(),
    "answers": lambda model: model["answers"]["P01"].update(a=[1, 2]),
    "rows": lambda model: model["training"].update(rows="many"),
    "K01": lambda model: model["signals"].update(K01=model["signals"]["W01"]),
    "P01": lambda model: model["signals"].update(P01=model["signals"]["W01"]),
    "W02 needs one row": lambda model: model["signals"]["W02"]["at"].append(2.0),
    "W03 needs one row": lambda model: model["signals"]["W03"].update(at=[], weights=[]),
    "values of W04 must rise": lambda model: model["signals"]["W04"]["at"].reverse(),
    "a weight is larger": lambda model: model["signals"]["W05"].update(
        at=[1], weights=[[1001, 0, 0]]
    ),
}


@pytest.mark.parametrize("named", list(EDITS))
def test_a_field_that_cannot_be_used_is_named(file: Path, named: str) -> None:
    file.write_bytes(sealed(edited(EDITS[named])))
    assert named in refusal(file)


def test_a_field_beside_the_model_that_is_not_known_is_named(file: Path) -> None:
    file.write_bytes(sealed(edited(lambda model: None), extra='"surprise": 1, '))
    assert "surprise" in refusal(file)


UNUSABLE: dict[str, Edit] = {
    "weights overflow": lambda model: model["answers"].update(
        {
            item: {option: [1e308, 1e308, 1e308] for option in options}
            for item, options in model["answers"].items()
        }
    ),
    "temperature too small": lambda model: model.update(temperature=1e-320),
}


@pytest.mark.parametrize("name", list(UNUSABLE))
def test_a_sealed_model_is_either_refused_or_gives_probabilities(file: Path, name: str) -> None:
    file.write_bytes(sealed(edited(UNUSABLE[name])))
    try:
        model = load_model(file).model
    except ModelError as error:
        complaint(error, file)
        return
    verdict = classify(row_of(TYPICAL["dynamic_marketer"]), model)
    assert abs(sum(verdict.probabilities.values()) - 1) < 1e-9


class Harmful:
    """Leaves a file behind when it is unpickled."""

    def __init__(self, marker: Path) -> None:
        self.marker = marker

    def __reduce__(self) -> tuple[Callable[[Path], None], tuple[Path]]:
        return Path.touch, (self.marker,)


def test_a_pickle_is_refused_without_being_opened(file: Path, tmp_path: Path) -> None:
    marker = tmp_path / "executed"
    file.write_bytes(pickle.dumps(Harmful(marker)))
    refusal(file)
    assert not marker.exists()


DEEP = b"[" * 100_000 + b"]" * 100_000
JUNK = {
    "empty": b"",
    "blank": b" \n",
    "null": b"null",
    "list": b"[]",
    "text": b"model",
    "byte order mark": b"\xef\xbb\xbf" + PRIOR_FILE.read_bytes(),
    "utf-16": PRIOR_FILE.read_text().encode("utf-16"),
    "binary": bytes(range(256)) * 20,
    "invalid utf-8": b'{"schema": "\xff\xfe"}',
    "two documents": PRIOR_FILE.read_bytes() * 2,
    "model is null": sealed(b"null"),
    "model is a list": sealed(b"[]"),
    "huge": b" " * (9 * 1024 * 1024),
    "deep": DEEP,
    "deep model": sealed(DEEP),
    "deep name": sealed(b'{"name": ' + DEEP + b"}"),
}


@pytest.mark.parametrize("name", list(JUNK))
def test_what_is_no_model_file_is_refused(file: Path, name: str) -> None:
    file.write_bytes(JUNK[name])
    refusal(file)


@given(st.binary(max_size=100))
def test_no_bytes_do_more_than_be_refused(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    file = tmp_path_factory.mktemp("models") / "model.json"
    file.write_bytes(content)
    refusal(file)


def test_a_folder_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    assert "folder" in refusal(tmp_path)
    assert "no such file" in refusal(tmp_path / "none.json")


def test_the_order_in_which_weights_were_given_does_not_matter_to_equal_models(
    model: Model,
) -> None:
    copy = msgspec.structs.replace(model)
    assert encode_model(copy) == encode_model(model)


@pytest.mark.parametrize("item", ["E01", "C01", "p01", "W01", "P1"])
def test_weights_for_anything_but_method_are_refused(file: Path, item: str) -> None:
    weights = {"a": [9.0, 0.0, 0.0]}
    file.write_bytes(sealed(edited(lambda model: model["answers"].update({item: weights}))))
    assert item in refusal(file)
