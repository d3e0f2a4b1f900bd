"""Vacancies are found wherever a site shows them, each once."""

import json
from datetime import date

from persona.signals.page import read_page
from persona.signals.site import SiteFacts
from persona.signals.terms import Terms
from persona.signals.vacancies import Advert, duties, vacancies

CAREERS = "https://example.com/careers/"
ADVERT = "<p>Your responsibilities and our requirements. " + "You will look after machines. " * 12


def site(*pages: tuple[str, str]) -> SiteFacts:
    read = tuple(
        read_page(url, f"<html><body><main>{html}</main></body></html>") for url, html in pages
    )
    return SiteFacts("example.com", read, today=date(2026, 11, 1))


def titles(*pages: tuple[str, str]) -> list[str]:
    return [vacancy.title for vacancy in vacancies(site(*pages))]


def test_links_to_jobs_and_to_applicant_systems_count_and_buttons_do_not() -> None:
    html = """<h1>Careers</h1><a href="/careers/sales-manager">Sales Manager</a>
    <a href="https://boards.greenhouse.io/example/jobs/1">Barista at large</a>
    <a href="https://boards.greenhouse.io/example/jobs/2">Apply now</a>
    <a href="/careers/all">View all jobs</a><a href="/people/jane">Jane, our Sales Manager</a>
    <a href="/blog/x">Interview with a Field Engineer</a>"""
    assert titles((CAREERS, html)) == ["Sales Manager", "Barista at large"]


def test_a_heading_inside_its_link_is_the_same_vacancy() -> None:
    html = """<a href="/careers/1"><h3>Sales Manager</h3><p>London</p></a>
    <a href="/careers/2"><h3>Sales Manager</h3><p>Paris</p></a>"""
    assert titles((CAREERS, html)) == ["Sales Manager London", "Sales Manager Paris"]


def test_lines_count_below_current_vacancies_only() -> None:
    listed = "<ul><li>Welder</li><li>Account Executive</li></ul>"
    assert titles((CAREERS, f"<p>Current vacancies</p>{listed}")) == ["Welder", "Account Executive"]
    assert titles((CAREERS, f"<p>Life at work</p>{listed}")) == []


def test_a_testimonial_is_no_vacancy() -> None:
    html = "<p>We are hiring</p><p>“I love it here.”</p><p>Software Engineer</p><p>Welder</p>"
    assert titles((CAREERS, html)) == ["Welder"]


def test_no_current_vacancies_is_taken_at_its_word() -> None:
    html = "<h1>Careers</h1><p>There are no current vacancies.</p><h3>Sales Manager</h3>"
    assert titles((CAREERS, html)) == []


def test_a_job_page_and_its_link_are_one_vacancy_with_its_advert() -> None:
    careers = '<a href="/careers/jobs/welder">Welder Leeds full time</a>'
    job = ("https://example.com/careers/jobs/welder", f"<h1>Welder</h1>{ADVERT}</p>")
    (vacancy,) = vacancies(site((CAREERS, careers), job))
    assert vacancy.title == "Welder"
    assert vacancy.advert is not None


def test_job_postings_in_the_data_count() -> None:
    posting = json.dumps({"@type": "JobPosting", "title": "Welder (m/w/d)"})
    html = f'<script type="application/ld+json">{posting}</script><h1>Join us</h1>{ADVERT}</p>'
    assert titles(("https://example.com/jobs/4711", html)) == ["Welder"]


def test_a_job_page_needs_no_known_title_but_the_words_of_an_advert() -> None:
    address = "https://example.com/jobs/4711"
    assert titles((address, f"<h1>Tree Surgeon</h1>{ADVERT} Apply now.</p>")) == ["Tree Surgeon"]
    assert titles((address, "<h1>Tree Surgeon</h1><p>A day in the woods.</p>")) == []


def test_adverts_below_headings_end_at_the_next_heading() -> None:
    html = f"<h2>Welder</h2>{ADVERT}</p><h2>Sales Manager</h2>{ADVERT} Uncapped.</p>"
    welder, seller = vacancies(site((CAREERS, html)))
    assert welder.advert is not None
    assert seller.advert is not None
    assert "Uncapped" not in welder.advert.page.text[welder.advert.start : welder.advert.end]
    assert "Uncapped" in seller.advert.page.text[seller.advert.start : seller.advert.end]


def test_class_names_do_not_matter() -> None:
    html = '<h3 class="job">Welder</h3><a class="btn" href="/careers/1">Fitter</a>'
    bare = '<h3>Welder</h3><a href="/careers/1">Fitter</a>'
    assert titles((CAREERS, html)) == titles((CAREERS, bare)) == ["Fitter", "Welder"]


def test_a_duty_denied_does_not_count() -> None:
    page = read_page(CAREERS, "<p>No cold calling and no commission. There is a quota.</p>")
    advert = Advert(page, 0, len(page.text))
    found = duties(advert, Terms(["cold call*", "commission", "quota"]), Terms(["no"]))
    assert list(found) == ["quota"]
