"""Labelled tables: joined by company, checked, remarked on, or refused in one line."""

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from persona.errors import TableError
from persona.observations import Wording
from persona.questionnaire.items import Questionnaire
from persona.training import tables as module
from persona.training.companies import Company
from persona.training.tables import Dataset, read_companies, require_trainable
from tests.conftest import complaint

POINTS = "points_sales_driven,points_passive_marketer,points_dynamic_marketer"
Read = Callable[..., Dataset]


@pytest.fixture
def read(tmp_path: Path, questionnaire: Questionnaire) -> Read:
    """Read tables given as text, in this order."""

    def reader(*texts: str | bytes) -> Dataset:
        paths = []
        for number, text in enumerate(texts):
            path = tmp_path / f"t{number}.csv"
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
            paths.append(path)
        return read_companies(paths, questionnaire)

    return reader


def refusal(read: Read, *texts: str | bytes) -> str:
    with pytest.raises(TableError) as caught:
        read(*texts)
    return complaint(caught.value)


def test_tables_are_joined_by_company_whatever_their_spelling(read: Read) -> None:
    answers = "company,informant,p01,P02,e01\nB.example,x,a,,b\na.example,y,b,c,\n"
    labels = (
        "company,label,reason,source\n a.EXAMPLE ,sales_driven,,web\nb.example,undecided,thin,\n"
    )
    signals = "company,w01,w02,k01,k_industry,weight\nb.example,0.5,,software,it,0.1\n"
    words = "company,words_links,words_text\nb.example,about:1 us:2,\n"
    found = read(answers, labels, signals, words).companies
    assert found == (
        Company(
            company="B.example",
            informants={"x": {"P01": "a", "E01": "b"}},
            signals={"W01": 0.5},
            controls={"k01": "software", "k_industry": "it"},
            wording=Wording(links={"about": 1, "us": 2}, labels={}, text={}),
            label="undecided",
            reason="thin",
            weight=0.1,
        ),
        Company(
            company="a.example",
            informants={"y": {"P01": "b", "P02": "c"}},
            points=(1, 0, 0),
            label="sales_driven",
            source="web",
        ),
    )


def test_one_row_may_hold_the_answers_of_several_informants(read: Read) -> None:
    wide = read("company,p01_inside_1,p02_inside_1,p01_CEO,p01\nx,a,b,c,d\n").companies
    assert wide[0].informants == {"inside_1": {"P01": "a", "P02": "b"}, "CEO": {"P01": "c"},
                                  "": {"P01": "d"}}  # fmt: skip
    long = read("company,informant,p01,p02\nx,inside_1,a,b\nx,CEO,c,\nx,,d,\n").companies
    assert wide == long


def test_the_hash_is_over_what_is_said_not_over_how_it_is_laid_out(read: Read) -> None:
    one = "company,label,w01\na,sales_driven,1\nb,passive_marketer,2\n"
    other = "company,p01\nb,a\n"
    straight = read(one, other)
    turned = read(other, "w01,company,label,why\n2.0,B,passive_marketer,x\n1,a ,sales_driven,\n")
    assert straight.sha256 == turned.sha256
    assert [company.company for company in turned.companies] == ["b", "a"]
    changed = read(one.replace(",2\n", ",3\n"), other)
    assert changed.sha256 != straight.sha256


def test_a_scored_list_with_labels_is_a_table_too(read: Read) -> None:
    scored = (
        "Name,Website,label,persona_label,persona_status,persona_site\n"
        "A,https://www.a.example/,sales_driven,undecided,scored,a.example\n"
        "B,b.example,,passive_marketer,scored,b.example\n"
        ",nowhere,,,failed,\n"
    )
    found = read(scored)
    assert [(one.company, one.label) for one in found.companies] == [
        ("a.example", "sales_driven"),
        ("b.example", None),
    ]
    assert any("1 row without a company left out" in remark for remark in found.remarks)
    without_site = scored.replace("persona_site", "persona_model")
    assert [one.company for one in read(without_site).companies] == [
        "https://www.a.example/", "b.example", "nowhere",
    ]  # fmt: skip


@pytest.mark.parametrize("heading", ["Company name", "Account Name", "Organization - Name", "Name"])
def test_a_scored_list_without_websites_is_a_table_by_the_names_of_its_companies(
    read: Read, heading: str
) -> None:
    found = read(
        f"{heading},p01,label,persona_label,persona_site\n"
        "Acme,a,sales_driven,undecided,\nBorg,b,passive_marketer,undecided,borg.example\n"
    )
    assert [one.company for one in found.companies] == ["Acme", "borg.example"]


def test_a_label_follows_from_points_and_points_from_a_label(read: Read) -> None:
    found = read(
        f"company,label,{POINTS}\na,,.7,.2,.1\nb,,.4,.35,.25\nc,dynamic_marketer,,,\n"
        "d,undecided,.3,.3,.4\ne,,0.334,0.333,0.333\nf,,,,\n"
    )
    assert [(one.label, one.reason, one.points) for one in found.companies[:4]] == [
        ("sales_driven", None, (0.7, 0.2, 0.1)),
        ("undecided", "mixed", (0.4, 0.35, 0.25)),
        ("dynamic_marketer", None, (0, 0, 1)),
        ("undecided", None, (0.3, 0.3, 0.4)),
    ]
    assert found.companies[5].label is None
    assert "3 companies with points and no label: labelled by most points" in found.remarks
    assert "1 company without a label" in found.remarks


def test_points_that_nearly_add_to_one_are_made_to(read: Read) -> None:
    (company,) = read(f"company,{POINTS}\na,.333,.333,.333\n").companies
    assert company.points == pytest.approx((1 / 3, 1 / 3, 1 / 3))
    assert sum(company.points or ()) == pytest.approx(1, abs=1e-12)


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("", "t0.csv: is empty"),
        ("\n\n", "t0.csv: is empty"),
        (" \n\n", "t0.csv: no column named 'company'"),
        ("company,p01\n", "t0.csv: no rows under the headings"),
        ("company,p01\n ,a\n,b\n", "t0.csv: no row names a company"),
        ("name,p01\nx,a\n", "no column named 'company'"),
        ("name,website,label\nx,x.example,undecided\n", "no column named 'company'"),
        ("company,label\nx,sales\n", "row 2, column label: 'sales' is not one of sales_driven"),
        ("company,reason\nx,dull\n", "row 2, column reason: 'dull' is not one of thin, mixed"),
        ("company,P01\nx,a\ny,q\n", "row 3, column P01: 'q' is not one of a, b, c, d"),
        ("company,p01_ceo\nx,aa\n", "row 2, column p01_ceo: 'aa' is not one of"),
        ("company,w01\nx,nan\n", "row 2, column w01: 'nan' is not a finite number"),
        ("company,w01\nx,-inf\n", "column w01: '-inf' is not a finite number"),
        ("company,w01\nx,1e999\n", "column w01: '1e999' is not a finite number"),
        ("company,w01\nx,1_000\n", "column w01: '1_000' is not a finite number"),
        ("company,w01\nx,\u0663\n", "column w01: '\u0663' is not a finite number"),
        ('company,w01\nx,"0,5"\n', "column w01: '0,5' is not a finite number"),
        ("company,weight\nx,-1\n", "column weight: '-1' is negative"),
        ("company,weight\nx,inf\n", "column weight: 'inf' is not a finite number"),
        (f"company,{POINTS}\nx,.5,.5,.5\n", "row 2, column points_sales_driven: the points add"),
        (f"company,{POINTS}\nx,1.5,-.5,0\n", "column points_sales_driven: '1.5' is no share"),
        (f"company,{POINTS}\nx,.5,-.1,.6\n", "column points_passive_marketer: '-.1' is no share"),
        (f"company,{POINTS}\nx,.5,.5,nan\n", "column points_dynamic_marketer: 'nan' is not"),
        (f"company,{POINTS}\nx,.5,.5,\n", "2 of the three points_ columns given"),
        ("company,points_sales_driven\nx,1\n", "1 of the three points_ columns given"),
        ("company,words_text\nx,a:1 b\n", "column words_text: 'b' is not a word and a count"),
        ("company,words_text\nx,a:1 a:1\n", "column words_text: 'a' is counted twice"),
        ("company,words_links\nx,a:0\n", "column words_links: 'a:0' is not a word and a count"),
        ("company,p01\nx,a,b\n", "row 2: 3 cells under 2 headings"),
        ("company,p01\n\nx,a\ny\n", "row 4: 1 cells under 2 headings"),
        ("company,p01,P01\nx,a,a\n", "two columns have the same name, 'p01'"),
        ("company,Company\nx,a\n", "two columns have the same name, 'company'"),
        ('company,p01\n"x,a\n', "not a CSV table"),
    ],
)  # fmt: skip
def test_a_table_that_makes_no_sense_is_refused(table: str, words: str, read: Read) -> None:
    line = refusal(read, table)
    assert words in line
    assert "t0.csv: " in line


@pytest.mark.parametrize(
    ("tables", "words"),
    [
        (("company,label\nx,sales_driven\n", "company,label\nX,undecided\n"),
         "t1.csv: row 2, column label: x has 'sales_driven' in an earlier row and 'undecided'"),
        (("company,p01\nx,a\nx,b\n",),
         "row 3, column p01: the informant of x answered 'a' in an earlier row and 'b' here"),
        (("company,informant,p01\nx,ceo,a\n", "company,p01_ceo\nx,b\n"),
         "t1.csv: row 2, column p01_ceo: informant 'ceo' of x answered 'a'"),
        (("company,w01\nx,1\nx,2\n",), "row 3, column w01: x has '1.0' in an earlier row"),
        (("company,weight\nx,1\nx,2\n",), "row 3, column weight: x has '1.0' in an earlier row"),
        (("company,words_text\nx,a:1\nx,a:2\n",), "row 3, column words_text: x has other words"),
        (("company,reason\nx,thin\nx,mixed\n",), "row 3, column reason: x has 'thin'"),
        ((f"company,{POINTS}\nx,1,0,0\nx,0,1,0\n",), "row 3, column points_sales_driven: x has"),
    ],
)  # fmt: skip
def test_rows_that_contradict_each_other_are_refused(
    tables: tuple[str, ...], words: str, read: Read
) -> None:
    assert words in refusal(read, *tables)


def test_what_was_left_out_or_looks_odd_is_remarked_in_single_lines(read: Read) -> None:
    unknown = ",".join(f"u{number}" for number in range(10))
    rows = "".join(f"{name},sales_driven,0,,{cell},{',' * 9}\n" for name, cell in
                   (("a", "a"), ("b", "b"), ("b", "b"), ("c", "c")))  # fmt: skip
    found = read(
        f"company,label,w01,w02,p01,{unknown}\n{rows}",
        "company,source,k_size,passes,gate\na,one,big,2,thin\na,two,small,2,thin\n",
    )
    assert len(found.companies) == 3
    path = found.remarks[0].partition(":")[0]
    assert found.remarks == (
        f"{path}: ignored: columns u0, u1, u2, u3, u4, u5, u6, u7 and 2 more",
        f"{path}: 1 row dropped as duplicates: nothing new in them",
        path.replace("t0", "t1") + ": 1 row dropped as duplicates: nothing new in them",
        "control differs between rows of 1 company; the first counts",
        "source differs between rows of 1 company; the first counts",
        "without any value: column w02",
        "the same in every row that has it: column w01",
        "fewer than 10 companies of a persona: sales_driven 3, passive_marketer 0, "
        "dynamic_marketer 0",
    )


def test_a_label_beside_most_points_is_remarked(read: Read) -> None:
    found = read(f"company,label,{POINTS}\na,sales_driven,.2,.7,.1\n")
    assert "1 company labelled otherwise than by most points" in found.remarks


@pytest.mark.parametrize(
    ("labels", "words"),
    [
        (["undecided", "undecided", ""], "no company has a label that names a persona"),
        (["sales_driven"] * 5, "all labels are sales_driven; it takes companies of all three"),
        (["sales_driven"] * 5 + ["passive_marketer"] * 5, "0 companies labelled dynamic"),
        (["sales_driven"] * 3 + ["passive_marketer"] * 3 + ["dynamic_marketer"],
         "1 company labelled dynamic_marketer; it takes at least 3"),
    ],
)  # fmt: skip
def test_too_few_labels_to_learn_from(labels: list[str], words: str, read: Read) -> None:
    rows = "".join(f"c{number},{label}\n" for number, label in enumerate(labels))
    with pytest.raises(TableError, match=words):
        require_trainable(read("company,label\n" + rows))


def test_three_of_each_persona_can_be_learned_from_unless_their_weight_is_small(
    read: Read,
) -> None:
    personas = ("sales_driven", "passive_marketer", "dynamic_marketer")
    rows = [f"c{number},{personas[number % 3]},1\n" for number in range(9)]
    require_trainable(read("company,label,weight\n" + "".join(rows)))
    rows[0] = rows[0].replace(",1\n", ",0.1\n")
    with pytest.raises(TableError, match="2 companies labelled sales_driven"):
        require_trainable(read("company,label,weight\n" + "".join(rows)))


def test_a_table_of_endless_companies_is_refused_with_the_number_taken(
    read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_COMPANIES", 1000)
    rows = "".join(f"c{number}\n" for number in range(1001))
    assert "more than 1,000 companies, the most that are taken" in refusal(read, "company\n" + rows)
    assert len(read("company\n" + rows.replace("c1000\n", "C1\n")).companies) == 1000


def test_more_values_than_memory_is_meant_to_hold_are_refused(
    read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_VALUES", 10)
    table = "company,words_text,w01\nx,a:1 b:1 c:1 d:1 e:1 f:1 g:1 h:1 i:1,1\n"
    assert len(read(table).companies) == 1
    assert "more than 10 known values" in refusal(read, table + "y,,1\n")


def test_rows_that_say_nothing_new_are_counted_not_kept(read: Read) -> None:
    rows = "x,ceo,a\n" * 20_000
    found = read(gzip.compress(b"company,informant,p01\n" + rows.encode()))
    assert found.companies[0].informants == {"ceo": {"P01": "a"}}
    assert any("19999 rows dropped as duplicates" in remark for remark in found.remarks)


ANY = st.binary(max_size=300)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=ANY | ANY.map(lambda rest: b"company,p01\n" + rest))
@example(content=b"company\n\xff\xfe\n\xc3\xa9\n")
@example(content=b"\xff\xfecompany")
@example(content=b"\x1f\x8bcompany")
@example(content=gzip.compress(b"company\nx\n")[:-4])
@example(content=b"PAR1....PAR1")
@example(content=b"PK\x03\x04")
@example(content=b"\xef\xbb\xbf")
@example(content=b'company\n"' + b"x" * 200)
@example(content=b"company\r\x00")
def test_arbitrary_bytes_are_a_table_or_refused_in_one_line(content: bytes, read: Read) -> None:
    try:
        found = read(content)
    except TableError as error:
        complaint(error, "t0.csv: ")
    else:
        assert found.companies
