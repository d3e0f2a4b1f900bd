"""The part of a model file that is about websites: words and how they count."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from persona.errors import ModelError
from persona.model.artefact import encode_model, load_model, save_model
from persona.model.verdict import classify
from tests.strategies import TYPICAL, row_of
from tests.unit.model.test_artefact import refusal, sealed
from tests.websites import PRIOR, PRIOR_FILE, WORDS, with_site

Edit = Callable[[dict[str, Any]], object]
MODEL = replace(with_site(), card={"title": "A [ card ]", "curve": [[0.5, 1.0]]})

weight = st.floats(min_value=-20, max_value=20)
words = st.dictionaries(
    st.from_regex(r"[a-z]{3,24}", fullmatch=True),
    st.tuples(st.floats(min_value=0, max_value=9), weight, weight, weight),
    max_size=4,
)


def edited(edit: Edit) -> bytes:
    """Return the body of a fitted model with one thing changed."""
    document = json.loads(encode_model(MODEL))["model"]
    edit(document)
    return json.dumps(document).encode()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "model.json"


@given(links=words, text=words, note=st.text(max_size=20))
def test_a_fitted_model_survives_a_round_trip_byte_for_byte(
    links: dict[str, tuple[float, float, float, float]],
    text: dict[str, tuple[float, float, float, float]],
    note: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    model = replace(with_site({"links": links, "text": text}), card={"note": note})
    content = encode_model(model)
    file = tmp_path_factory.mktemp("models") / "model.json"
    file.write_bytes(content)
    loaded = load_model(file).model
    assert loaded == model
    assert encode_model(loaded) == content


@pytest.mark.parametrize("words", ["[ a ]", "[a,\n  b ]", "[", "x ]  [ y", '["  a ", "[ b"]'])
def test_what_is_written_in_a_card_or_note_is_kept_to_the_letter(file: Path, words: str) -> None:
    model = replace(MODEL, notes=words, card={words: [words, {"b": words}, [1, words]]})
    save_model(model, file)
    assert load_model(file).model == model


def test_every_word_stands_on_a_line_of_its_own(file: Path) -> None:
    save_model(MODEL, file)
    lines = [line.strip().rstrip(",") for line in file.read_text().splitlines()]
    for table in WORDS.values():
        for word, numbers in table.items():
            assert f'"{word}": {list(numbers)}' in lines


def test_a_model_without_site_and_card_names_neither() -> None:
    content = encode_model(PRIOR)
    assert content == PRIOR_FILE.read_bytes()
    assert b'"site"' not in content
    assert b'"card"' not in content


def test_for_answers_alone_the_rest_is_left_out_and_still_checked(file: Path) -> None:
    save_model(MODEL, file)
    whole, light = load_model(file), load_model(file, website=False)
    assert light.sha256 == whole.sha256
    assert light.model == replace(whole.model, site=None, card={})
    for answers in TYPICAL.values():
        assert classify(row_of(answers), light.model) == classify(row_of(answers), whole.model)
    file.write_bytes(file.read_bytes().replace(b"request_quote", b"request_quota"))
    with pytest.raises(ModelError, match="SHA-256"):
        load_model(file, website=False)


@pytest.mark.parametrize("body", [b"null", b"[]", b'{"name": 1}', b"[" * 100_000])
def test_what_is_no_model_is_refused_for_answers_too(file: Path, body: bytes) -> None:
    file.write_bytes(sealed(body))
    with pytest.raises(ModelError):
        load_model(file, website=False)


def many(model: dict[str, Any]) -> None:
    letters = "abcdefghijklmnopqrstuvwxyz"
    names = [a + b + c + d for a in letters for b in letters for c in letters for d in letters]
    model["site"]["words"]["text"] = {name: [1, 0, 0, 0] for name in names[:50_001]}


def put(part: str, word: str, numbers: list[Any]) -> Edit:
    return lambda model: model["site"]["words"][part].update({word: numbers})


EDITS: dict[str, Edit] = {
    "site.temperature": lambda model: model["site"].update(temperature=0),
    "site.beside_answers": lambda model: model["site"].update(beside_answers=1.5),
    "site.min_probability": lambda model: model["site"].update(min_probability=0.2),
    "site.min_words": lambda model: model["site"].update(min_words=0),
    "site's intercept": lambda model: model["site"].update(intercept=[0, 1001, 0]),
    "site.intercept": lambda model: model["site"].update(intercept=[0, 1]),
    "surprise": lambda model: model["site"].update(surprise=1),
    "heading": lambda model: model["site"]["words"].update(heading={}),
    "'Quote' is no word of links": put("links", "Quote", [1, 0, 0, 0]),
    "'at' is no word of text": put("text", "at", [1, 0, 0, 0]),
    "'a_b' is no word of labels": put("labels", "a_b", [1, 0, 0, 0]),
    "'ask_now' is no word of text": put("text", "ask_now", [1, 0, 0, 0]),
    "'dealer\\n' is no word of text": put("text", "dealer\n", [1, 0, 0, 0]),
    "the rarity of 'dealer' in text is below 0": put("text", "dealer", [-0.1, 0, 0, 0]),
    "a number of 'dealer' in text is larger than 1000": put("text", "dealer", [1, 0, -1001, 0]),
    "site.words": put("text", "dealer", [1, 0, 0]),
    "weighs more than 50,000 words": many,
    "Expected `float`": put("text", "dealer", [1, 0, None, 0]),
}


@pytest.mark.parametrize("named", list(EDITS))
def test_a_site_that_cannot_be_used_is_refused_and_the_place_named(file: Path, named: str) -> None:
    file.write_bytes(sealed(edited(EDITS[named])))
    assert named in refusal(file)


@pytest.mark.parametrize("number", ["NaN", "Infinity", "1e999"])
def test_a_word_weight_that_is_no_finite_number_is_refused(file: Path, number: str) -> None:
    body = edited(put("text", "dealer", [1, 0, 12345, 0])).replace(b"12345", number.encode())
    file.write_bytes(sealed(body))
    refusal(file)
