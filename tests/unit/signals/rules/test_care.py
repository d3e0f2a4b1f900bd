"""What is done for customers after they bought, and for those who are not buying."""

from math import log1p

import pytest

from persona.signals.rules.care import RULES
from tests.unit.signals.rules.sites import FILLER, PageOf, found, missing, site


def page(path: str, title: str, text: str) -> PageOf:
    return path, f"<h1>{title}</h1><p>{text}</p>"


def case(number: int, text: str) -> PageOf:
    return page(f"/case-studies/{number}", f"The park of town {number}", text + FILLER * 3)


YEARS = "Repairs fell by 40 percent over three years. "


def test_w24_is_the_share_of_stories_with_figure_and_time() -> None:
    value, quotes = found(RULES, "W24", site(case(1, YEARS), case(2, "They like it very much. ")))
    assert value == pytest.approx(0.5)
    assert "over three years" in quotes


def test_w24_a_second_order_counts_as_time() -> None:
    story = "Costs fell by 12 percent, and the town placed a repeat order. "
    assert found(RULES, "W24", site(case(1, story)))[0] == 1


@pytest.mark.parametrize(
    "text",
    [
        "Repairs fell by 40 percent. ",
        "The team has worked here for 30 years. ",
        "Repairs fell by 40 percent. We bring in 25 years of experience. ",
        "Repairs fell by 40 percent. It comes with a 10 year warranty for 10 years warranty. ",
    ],
    ids=["no time", "no figure", "own experience", "warranty"],
)
def test_w24_time_that_is_not_the_customers_does_not_count(text: str) -> None:
    value, _ = found(RULES, "W24", site(case(1, text)))
    assert value == 0


def test_w24_is_missing_without_a_case() -> None:
    assert missing(RULES, "W24", site(page("/support", "Support", FILLER))) == "no case study"


COURSES = (
    "Courses for owners of our benches: five lessons on care, each with a quiz and a certificate "
    "of care. Customers enrol free of charge and learn at their own pace, on site or at home. "
)


def test_w44_courses_for_customers_are_an_academy() -> None:
    value, quotes = found(RULES, "W44", site(page("/academy", "Bench care", COURSES + FILLER * 2)))
    assert value == 1
    assert "ourses for owners" in quotes


@pytest.mark.parametrize(
    "text",
    [
        "Welcome. More to come soon. ",
        FILLER * 4,
        "Forklift licence and first aid: mandatory training required by law, a legal requirement. "
        "OSHA courses for operators with instructors. Statutory compliance training. " + FILLER,
        "Tuition for each student of the diploma courses: add to basket. Lessons for customers. "
        "Students pay course fees; scholarships on request. " + FILLER,
    ],
    ids=["a name in a menu", "no course", "the law", "courses are sold"],
)
def test_w44_a_tab_called_academy_is_not_enough(text: str) -> None:
    assert found(RULES, "W44", site(page("/academy", "Learning", text))) == (0, "")


def test_w44_is_missing_where_teaching_is_the_product() -> None:
    facts = site(page("/academy", "Courses", COURSES + FILLER), domain="leeds-driving-school.com")
    assert missing(RULES, "W44", facts) == "teaching is what it sells"


PROGRAMME = (
    "Every customer gets an onboarding plan and a named success manager. In quarterly business "
    "reviews we look at what was achieved, and our customer advisory board meets twice a year. "
)


def test_w46_counts_the_kinds_of_planned_care() -> None:
    value, quotes = found(RULES, "W46", site(page("/support", "After you bought", PROGRAMME)))
    assert value == pytest.approx(log1p(4))
    assert "onboarding plan" in quotes


def test_w46_the_same_kind_twice_counts_once() -> None:
    twice = "Your onboarding plan. The onboarding team. "
    assert found(RULES, "W46", site(page("/support", "Help", twice)))[0] == pytest.approx(log1p(1))


@pytest.mark.parametrize(
    "text",
    [
        "Repairs, spare parts, warranty claims and a help desk on weekdays. ",
        "Employee onboarding made easy: an onboarding checklist for new hires. ",
        "We care deeply about our customers and their lasting success. ",
    ],
    ids=["fault repair", "a product about staff", "manifesto"],
)
def test_w46_repair_and_good_intentions_are_no_programme(text: str) -> None:
    assert found(RULES, "W46", site(page("/support", "Support", text))) == (0, "")


def archive(*titles: str) -> PageOf:
    links = "".join(
        f'<p>Issue {n}</p><p><a href="/blog/letter/{n}">Issue {n}: {title}</a></p>'
        for n, title in enumerate(titles)
    )
    return "/blog/newsletter", f"<h1>Our newsletter: past issues</h1>{links}"


FREE = ("How oak ages in the rain", "Sitting well at school", "The oldest bench of Leeds")
SALES = ("New models of the bench", "Introducing our new range", "Example now available in oak")
SIGN_UP = (
    "/blog/",
    "<h1>Blog</h1><form><input name=email placeholder='Your e-mail for our newsletter'>"
    "<button>Subscribe</button></form>",
)


def test_w57_an_open_archive_of_letters_about_the_reader_is_3() -> None:
    value, quotes = found(RULES, "W57", site(archive(*FREE, *FREE[::-1])))
    assert value == 3
    assert "How oak ages in the rain" in quotes


@pytest.mark.parametrize(
    "letters",
    [archive(*SALES, *SALES, FREE[0]), archive(*FREE)],
    ids=["about products", "too few"],
)
def test_w57_without_such_an_archive_a_sign_up_box_is_2(letters: PageOf) -> None:
    assert found(RULES, "W57", site(letters, SIGN_UP)) == (2, "Subscribe")


def test_w57_a_button_that_says_nothing_is_no_proof() -> None:
    box = "<p>Get our monthly newsletter</p><form><input name=email placeholder=newsletter>"
    page = ("/blog/", f"<h1>Blog</h1>{box}<button>Submit</button></form>")
    assert found(RULES, "W57", site(page)) == (2, "Blog Get our monthly newsletter Submit")


def test_w57_is_missing_without_a_letter() -> None:
    account = "<form><input name=email><input name=password><button>Sign in</button></form>"
    assert "letter" in missing(RULES, "W57", site(("/blog/", f"<h1>Blog</h1>{account}")))
