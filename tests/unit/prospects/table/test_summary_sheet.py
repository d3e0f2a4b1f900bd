"""The sheet that shows the picture of a list."""

import io
import re
import zipfile

import xlsxwriter

from persona.prospects.table.summary_sheet import add_summary
from tests.unit.prospects.picture import failed, picture, row

LONG = "its website answered with a page for programs, and no more of it was shown"


def test_a_long_reason_has_the_lines_that_it_takes_and_a_short_one_has_one() -> None:
    paper = io.BytesIO()
    book = xlsxwriter.Workbook(paper, {"constant_memory": True})
    add_summary(book, picture([row(failed(LONG)), row(failed("it broke"))]), ())
    book.close()
    with zipfile.ZipFile(paper) as archive:
        xml = archive.read("xl/worksheets/sheet1.xml").decode()
    rows = {number: attributes for attributes, number in re.findall(r'<row (r="(\d+)"[^>]*)', xml)}
    texts = re.findall(r'<c r="A(\d+)"[^>]*><is><t[^>]*>([^<]*)', xml)
    places = {text: number for number, text in texts}
    assert 'ht="45"' in rows[places[LONG]]
    assert "ht=" not in rows[places["it broke"]]
