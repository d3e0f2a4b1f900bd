"""Drawing: values to pixels, numbers with one decimal, words escaped."""

import xml.etree.ElementTree as ET

from persona.training.svg import SERIES, Frame, document, line, mark, text


def test_values_map_to_pixels_and_never_leave_the_frame() -> None:
    frame = Frame(10, 20, 100, 50, 0.0, 2.0, -1.0, 1.0)
    assert frame.at(0.0, -1.0) == (10, 70)
    assert frame.at(2.0, 1.0) == (110, 20)
    assert frame.at(9.0, -9.0) == (110, 70)
    flat = Frame(10, 20, 100, 50, 3.0, 3.0, 0.0, 0.0)
    assert flat.at(3.0, 0.0) == (60, 45)


def test_numbers_have_one_decimal_and_no_negative_nought() -> None:
    assert line([(-0.01, 1 / 3), (2, 0.25)], "x") == '<path class="x" d="M0.0 0.3 L2.0 0.2"/>'


def test_words_are_escaped_and_ids_belong_to_the_drawing() -> None:
    drawn = document((10, 10), "one", "a < b", "c & d", [text((1, 2), "<b>", anchor="end")])
    root = ET.fromstring(drawn)
    assert (root[0].text, root[1].text) == ("a < b", "c & d")
    assert root[0].attrib["id"] == "one-title"
    assert root[-1].text == "<b>"


def test_every_series_has_a_mark_of_its_own_and_then_they_begin_again() -> None:
    shapes = [mark((5, 5), series) for series in range(SERIES)]
    assert len(set(shapes)) == SERIES
    assert mark((5, 5), SERIES) == shapes[0]
