"""The languages of reports: message files, and numbers and dates as their readers write them."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, strategies as st
from jinja2 import Environment
from markupsafe import Markup

import tocmodel as toc
from tests.strategies import intervals
from tocmodel.errors import UnknownLanguageError, UnreadableCatalogueError
from tocmodel.figures import Figure, Interval
from tocmodel.figures.display import percent, shown
from tocmodel.model import Text
from tocmodel.periods import Period
from tocmodel.reports.language import Foreign, Language, find_language, languages
from tocmodel.reports.naming import named

ENGLISH, FRENCH, SPANISH = find_language("en"), find_language("fr"), find_language("es")
SWAHILI = """msgid ""
msgstr ""
"Language: sw\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "at least %(number)s"
msgstr "angalau %(number)s"

msgid "%(num)s fault"
msgid_plural "%(num)s faults"
msgstr[0] "kosa moja"
msgstr[1] "makosa %(num)s"
"""


def catalogue(folder: Path, text: str, language: str = "sw") -> Path:
    file = folder / language / "LC_MESSAGES" / "tocmodel.po"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("printed", "french", "spanish"),
    [
        ("13330", "13\u202f330", "13.330"),
        ("0.25", "0,25", "0,25"),
        ("-1234.5", "−1\u202f234,5", "−1.234,5"),
        ("over 1550", "plus de 1\u202f550", "más de 1.550"),
        ("at least 40", "au moins 40", "al menos 40"),
        ("nearly 2000", "moins de 2\u202f000", "menos de 2.000"),
        ("between 200 and 300", "200 à 300", "200 a 300"),
    ],
)
def test_a_figure_stands_in_its_readers_signs_and_words(printed: str, french: str, spanish: str) -> None:
    figure = Figure.read(printed, unit="person")
    assert FRENCH.figure(figure) == FRENCH.figure(figure.counted()) == french
    assert SPANISH.figure(figure) == spanish


def test_percentages_days_periods_and_lists() -> None:
    assert FRENCH.percent(Interval.at_least("0.87724")) == "au moins 87,7\u202f%"
    assert SPANISH.percent(Interval("0.5", "0.61")) == "del 50 al 61\u00a0%"
    assert [each.day(date(2021, 9, 30)) for each in (ENGLISH, FRENCH, SPANISH)] == [
        "30 September 2021",
        "30 septembre 2021",
        "30 de septiembre de 2021",
    ]
    assert FRENCH.period(Period.read("2018-10-01/2021-09-30")) == "oct. 2018\u2009–\u2009sept. 2021"
    assert FRENCH.period(Period.read("2018-10-02/2021-09-30")) == "2 oct. 2018\u2009–\u200930 sept. 2021"
    assert FRENCH.day(date(2018, 10, 1)) == "1er octobre 2018"
    assert FRENCH.period(Period.read("2018-10-11/2018-11-01")) == "11 oct.\u2009–\u20091er nov. 2018"
    assert [FRENCH.period(Period.read(text)) for text in ("2021", "2021-02")] == ["2021", "févr. 2021"]
    assert FRENCH.period(Period.read("2021-09-30")) == "30 sept. 2021"
    assert SPANISH.listed(["a", "b", "c"]) == "a, b y c"
    marked = [FRENCH.message("“%(title)s”", title=text) for text in ("<a>", "b")]
    assert (
        Environment(autoescape=True).from_string("{{ text }}").render(text=FRENCH.listed(marked))
        == "«\u00a0&lt;a&gt;\u00a0» et «\u00a0b\u00a0»"
    )


def digits(text: str) -> str:
    return "".join(character for character in text if character.isdigit())


@pytest.mark.parametrize(
    ("last", "both", "either"),
    [
        ("«informes»", "e", "o"),
        ("Hijas", "e", "o"),
        ("índices", "e", "o"),
        ("hielo", "y", "o"),
        ("ocho", "y", "u"),
        ("hogares", "y", "u"),
        ("80", "y", "u"),
        ("11", "y", "u"),
        ("110", "y", "o"),
        ("visitas", "y", "o"),
        ("", "y", "o"),
    ],
)
def test_spanish_joins_by_the_sound_that_follows(last: str, both: str, either: str) -> None:
    assert SPANISH.listed(["a", "b", last]) == f"a, b {both} {last}"
    assert SPANISH.either(["a", last]) == f"a {either} {last}"
    assert SPANISH.listed([last]) == SPANISH.either([last]) == last
    assert SPANISH.listed([Markup("a"), Markup(f"<b>{last}</b>")]) == Markup(f"a {both} <b>{last}</b>")
    assert FRENCH.listed(["a", last]) == f"a et {last}"


@given(intervals())
def test_no_language_rounds_or_drops_a_bound(bounds: Interval) -> None:
    figure = Figure("", bounds)
    for language in (ENGLISH, FRENCH, SPANISH):
        assert digits(language.figure(figure)) == digits(shown(figure))
        assert digits(language.percent(bounds)) == digits(percent(bounds))
        assert language.percent(bounds).startswith(language.percent(Interval.at_least(0)).split("0")[0]) == (
            bounds.value is None and bounds.high is None and bounds.low is not None
        )


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**60), max_value=10**60))
def test_numbers_keep_all_of_their_digits(number: Decimal) -> None:
    signs = {"\u202f": "", ",": ".", "−": "-"}
    assert Decimal("".join(signs.get(sign, sign) for sign in FRENCH.number(number))) == number


def test_texts_of_the_model_are_taken_in_the_language_or_marked_with_their_own() -> None:
    title = Text.read({"": "Girls & boys", "fr": "Filles et garçons"})
    assert FRENCH.text(title) == "Filles et garçons"
    assert not isinstance(ENGLISH.text(title), Foreign)
    page = Environment(autoescape=True).from_string("{{ text }}")
    assert page.render(text=FRENCH.text(title)) == "Filles et garçons"
    assert page.render(text=SPANISH.text(title)) == '<span lang="en" dir="auto">Girls &amp; boys</span>'
    assert page.render(text=find_language().text("نادي القراءة")) == '<span lang="en" dir="auto">نادي القراءة</span>'
    assert page.render(text=find_language().text("Reading club")) == "Reading club"
    assert page.render(text=FRENCH.said("<b>")) == '<span lang="en" dir="auto">&lt;b&gt;</span>'
    assert find_language("fr-CA").text(title) == "Filles et garçons"
    assert FRENCH.text(Text()) == ""


def test_a_language_without_messages_is_refused_with_those_that_there_are() -> None:
    for code in ("de", "", "../fr", "*", "fr/../fr", "fr-<b>", "x" * 5000):
        with pytest.raises(UnknownLanguageError, match="there are: en, es, fr"):
            find_language(code)


def test_a_region_takes_the_messages_of_its_language_and_writes_numbers_its_own_way() -> None:
    mexican = find_language("es_MX")
    assert (mexican.code, mexican.figure(Figure.read("over 13330"))) == ("es-MX", "más de 13,330")
    assert find_language("EN-us").day(date(2021, 9, 30)) == "September 30, 2021"


def test_another_language_is_a_folder_away(tmp_path: Path) -> None:
    folder = catalogue(tmp_path, SWAHILI)
    swahili = find_language("sw", catalogues=folder)
    assert languages(catalogues=folder) == ("en", "es", "fr", "sw")
    assert swahili.figure(Figure.read("over 1550").counted()) == "more than 1,550"  # not translated
    assert swahili.figure(Figure.read("at least 1550")) == "angalau 1,550"
    assert [swahili.ngettext("%(num)s fault", "%(num)s faults", count) for count in (1, 2000)] == ["kosa moja", "makosa 2,000"]
    assert swahili.day(date(2021, 9, 30)) == "30 Septemba 2021"
    assert "more than %(number)s" in swahili.gaps
    assert "at least %(number)s" not in swahili.gaps
    assert FRENCH.gaps == SPANISH.gaps == ENGLISH.gaps == ()
    catalogue(tmp_path, SWAHILI.replace("angalau", "si chini ya"))
    assert find_language("sw", catalogues=folder).figure(Figure.read("at least 1550")) == "si chini ya 1,550"


def test_an_organisation_may_say_a_few_things_its_own_way(tmp_path: Path) -> None:
    folder = catalogue(tmp_path, SWAHILI.replace("angalau", "pas moins de"), "fr")
    french = find_language("fr", catalogues=folder)
    assert french.figure(Figure.read("at least 1550")) == "pas moins de 1\u202f550"
    assert french.figure(Figure.read("over 1550")) == "plus de 1\u202f550"


def test_a_language_that_nobody_has_described_writes_numbers_as_english_does(tmp_path: Path) -> None:
    mijikenda = find_language("mij", catalogues=catalogue(tmp_path, SWAHILI, "mij"))
    assert mijikenda.figure(Figure.read("at least 1550")) == "angalau 1,550"


@pytest.mark.parametrize(
    "wrong", ["angalau", "angalau %(number)s %(secret)s", "angalau %(number)999999d", "%s", "50 %", "%(number)s %(number"]
)
def test_a_translation_that_loses_or_invents_a_value_is_not_used(tmp_path: Path, wrong: str) -> None:
    swahili = find_language("sw", catalogues=catalogue(tmp_path, SWAHILI.replace("angalau %(number)s", wrong)))
    assert swahili.figure(Figure.read("at least 1550")) == "at least 1,550"
    assert "at least %(number)s" in swahili.gaps


def test_a_fuzzy_translation_is_not_used(tmp_path: Path) -> None:
    folder = catalogue(tmp_path, SWAHILI.replace('msgid "at least', '#, fuzzy\nmsgid "at least'))
    assert find_language("sw", catalogues=folder).figure(Figure.read("at least 1550")) == "at least 1,550"


@pytest.mark.parametrize(
    "broken",
    [
        "<html>",
        "\x00\x01",
        SWAHILI.replace("n != 1", "n / 0"),
        SWAHILI.replace("n != 1", "__import__('os')"),
        SWAHILI.replace("n != 1", "(" * 5000 + "n" + ")" * 5000),
        SWAHILI.replace("utf-8", "no-such-charset"),
    ],
)
def test_a_broken_message_file_is_named(tmp_path: Path, broken: str) -> None:
    with pytest.raises(UnreadableCatalogueError, match=r"tocmodel\.po"):
        find_language("sw", catalogues=catalogue(tmp_path, broken))


def test_languages_are_small_to_look_at() -> None:
    assert repr(Language("fr", FRENCH.locale, FRENCH.translations, FRENCH.translated)) == "Language(code='fr', texts='en')"


def test_a_figure_is_named_by_its_indicator_part_and_period() -> None:
    draft = toc.TheoryOfChange.build("p")
    draft.dimension("sex", "Sexe", categories=[{"id": "girls", "title": "Filles"}])
    pupils = draft.indicator("i", "Élèves", of=draft.output("o", "Ils lisent"), unit="person", by=["sex"])
    girls, all_of_them = draft.actual(pupils, 4, period="2023", slice={"sex": "girls"}), draft.actual(pupils, 9, period="2022")
    model, french = draft.done(), find_language("fr")
    assert [named(model, id, french) for id in (girls, all_of_them)] == [
        "Élèves\N{NO-BREAK SPACE}: résultat, Filles, 2023",
        "Élèves\N{NO-BREAK SPACE}: résultat, 2022",
    ]


def test_what_stands_instead_of_a_text_is_told_in_the_readers_language() -> None:
    assert FRENCH.text(Text.read("left out for publication")) == "retiré pour la publication"
    assert SPANISH.text("left out for publication") == "retirado para la publicación"
    assert find_language().text("left out for publication") == "left out for publication"
