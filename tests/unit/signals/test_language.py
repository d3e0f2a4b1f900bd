"""The language of a page is judged from its words, not from what it declares."""

import pytest

from persona.signals.language import language_of
from persona.signals.page import read_page

TEXTS = {
    "en": "we make pumps for the farms of the north and our people know how to repair them",
    "de": "wir bauen pumpen für die landwirtschaft und sind auch nach dem kauf für sie da",
    "fr": "nous fabriquons des pompes pour les fermes et nos équipes sont avec vous dans la durée",
    "es": "fabricamos bombas para el campo y los agricultores, con un servicio que es más rápido",
    "it": "costruiamo pompe per gli agricoltori e siamo anche dopo la vendita con una squadra che",
    "pt": "fazemos bombas para os agricultores com uma equipe que não deixa você na mão e mais",
    "nl": "wij maken pompen voor de landbouw en ook na de koop zijn we er met onze dienst voor u",
    "sv": "vi bygger pumpar för lantbruket och är till för dig även efter köpet med en service som",
    "pl": "produkujemy pompy dla rolników oraz serwis który jest po zakupie i nie zostawia",
    "tr": "çiftçiler için pompa üretiyoruz ve satıştan sonra da her gün bir ekip ile olan en iyi",
    "ru": "мы делаем насосы для фермеров и не бросаем их после покупки как это бывает на рынке",
    "ja": "農業用ポンプの製造と修理を行っています。お気軽にお問い合わせください。",
    "zh": "我们为农民生产水泵并提供维修服务欢迎随时联系我们了解更多信息",
    "ko": "우리는 농부를 위한 펌프를 만들고 수리합니다 언제든지 연락하십시오",
    "ar": "نصنع المضخات للمزارعين ونصلحها بعد الشراء اتصل بنا في أي وقت",
}


@pytest.mark.parametrize(("code", "text"), TEXTS.items())
def test_each_language_is_known_by_its_words(code: str, text: str) -> None:
    assert language_of(text) == code


@pytest.mark.parametrize(
    "text", ["", "acme x200", "pumps valves seals motors drives 2026", "и", "…"]
)
def test_too_few_words_say_nothing(text: str) -> None:
    assert language_of(text) == ""


def test_a_page_in_two_languages_is_judged_by_its_opening() -> None:
    assert language_of(TEXTS["de"] * 30 + TEXTS["en"] * 90) == "de"
    assert language_of(TEXTS["en"] * 8 + TEXTS["fr"]) == "en"


def test_a_declared_language_does_not_count() -> None:
    page = read_page("https://example.com/", f"<html lang=en><p>{TEXTS['de']}</p>")
    assert (page.declared_language, page.language) == ("en", "de")
