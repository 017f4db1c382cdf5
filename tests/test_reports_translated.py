"""Whole reports in other languages: nothing of their own left in English, the model's texts marked, hostile translations as text."""

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

import tocmodel as toc
from tests.test_reports_language import SWAHILI, catalogue
from tocmodel.__main__ import main
from tocmodel.errors import UnknownLanguageError
from tocmodel.reports.html import html
from tocmodel.reports.language import find_language
from tocmodel.reports.messages import main as gather

VOID = {"meta", "br", "wbr", "hr", "input", "img", "link"}
SPOKEN = {"aria-label", "title", "alt"}


class Spoken(HTMLParser):
    """The texts of a page, each with the language of the element that it stands in."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = []
        self.texts: list[tuple[str, str]] = []
        self.attributes: list[tuple[str, str]] = []
        self.tags: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        if tag not in VOID:
            above = self.open[-1][1] if self.open else ""
            self.open.append((tag, dict(attrs).get("lang") or above))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.strip() and self.open and self.open[-1][0] not in {"style", "script"}:
            self.texts.append((self.open[-1][1], data.strip()))

    def own(self, language: str) -> list[str]:
        """What stands in the report's own language, attributes among it."""
        return [text for lang, text in self.texts if lang == language] + [value for name, value in self.attributes if name in SPOKEN]


@pytest.fixture(scope="module")
def kenya() -> toc.TheoryOfChange:
    return toc.read("examples/kenya_sec/kenya_sec.yaml")


@pytest.fixture(scope="module", params=["fr", "es"])
def language(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture(scope="module")
def page(kenya: toc.TheoryOfChange, language: str) -> str:
    return html(kenya, words=find_language(language))


def english(language: str) -> "list[tuple[str, re.Pattern[str]]]":
    """Every message that the language says otherwise: its longest stretch of words, and a pattern of what it looks like in English."""
    translations = find_language(language).translations
    found: list[tuple[str, re.Pattern[str]]] = []
    for _, text in find_language(language).translated:
        parts = [part.replace("%%", "%") for part in re.split(r"%\(\w+\)s", text)]
        longest = max(parts, key=len)
        other = translations.gettext(text) != text or translations.ngettext(text, text, 1) != text
        if other and (len(parts) == 1 or len(longest) > 6):
            found.append((longest, re.compile(r"\S.*?".join(map(re.escape, parts)))))
    return found


def test_nothing_of_the_report_is_left_in_english(page: str, language: str) -> None:
    own, messages = Spoken(page).own(language), english(language)
    assert len(own) > 500
    assert len(messages) > 350
    left = {text for text in own for longest, pattern in messages if pattern.fullmatch(text) or (len(longest) > 20 and longest in text)}
    assert not left
    assert not [text for text in own if re.search(r"\d{4}-\d\d-\d\d", text)]


def test_the_same_search_finds_english_where_it_is(kenya: toc.TheoryOfChange) -> None:
    own = Spoken(html(kenya)).own("en")
    found = [pattern for _, pattern in english("fr") if any(pattern.fullmatch(text) for text in own)]
    assert len(found) > 120


def test_numbers_and_dates_are_the_readers(page: str, language: str) -> None:
    own = Spoken(page).own(language)
    expected = {
        "fr": ["13\u202f330", "plus de 1\u202f550", "au moins 87,7\u202f%", "125,7\u202f%", "13 cas"],
        "es": ["13.330", "más de 1.550", "al menos 87,7\u00a0%", "125,7\u00a0%", "13 casos"],
    }[language]
    assert set(expected) <= set(own)
    assert any({"fr": "30 septembre 2021", "es": "30 de septiembre de 2021"}[language] in text for text in own)


def test_the_page_says_its_language_and_marks_other_ones(page: str, language: str, kenya: toc.TheoryOfChange) -> None:
    assert f'<html lang="{language}">' in page
    texts = Spoken(page).texts
    for text in (str(kenya.programme.title), str(kenya.programme.notice), "Peer sessions in Child Rights Clubs", "girls".capitalize()):
        assert ("en", text) in texts
    assert not [value for name, value in Spoken(page).attributes if "<" in name + value]


def test_texts_of_the_model_are_taken_in_the_readers_language() -> None:
    draft = toc.TheoryOfChange.build("clubs", {"en": "Reading clubs", "fr": "Clubs de lecture"}, as_of="2024-12-31")
    meet = draft.activity("meet", {"en": "Clubs meet", "fr": "Les clubs se réunissent"})
    fluent = draft.objective("fluent", {"en": "Pupils read", "fr": "Les élèves lisent"})
    draft.link(meet, fluent, rationale={"en": "reading aloud helps", "fr": "lire à voix haute aide"})
    draft.indicator("n", {"en": "Clubs", "fr": "Clubs tenus"}, of=meet, unit="club", direction="increase", accumulation="cumulative")
    draft.target("n", 20)
    draft.actual("n", "over 1550", reported="2024-12-01")
    texts = Spoken(html(draft.done(), words=find_language("fr"))).texts
    for said in ("Clubs de lecture", "Les clubs se réunissent", "Les élèves lisent", "lire à voix haute aide", "Clubs tenus"):
        assert ("fr", said) in texts, said
    assert not [text for _, text in texts if text in {"Clubs meet", "Pupils read", "Reading clubs", "Clubs"}]


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "\" onload='x' '", "{{ 7 * 7 }}", "%(x)s %d", "\u202e right to left"])
def test_hostile_texts_of_the_model_stay_text_in_another_language(text: str) -> None:
    draft = toc.TheoryOfChange.build("p", text, as_of="2024-12-31", notice=text, place=text)
    first, then = draft.activity("a", text, description=text), draft.objective("b", text)
    draft.link(first, then, rationale=text)
    draft.dimension("d", text, categories=[{"id": "c", "title": text}])
    draft.indicator("i", text, of=first, unit="person", population=text, direction="increase", by="d")
    draft.target("i", 10)
    draft.actual("i", 4, slice={"d": "c"})
    spoken = Spoken(html(draft.done(), words=find_language("fr")))
    assert spoken.tags.count("script") == 2  # the page's own, and its data
    assert not [name for name, _ in spoken.attributes if name.startswith("on")]
    assert not [value for _, value in spoken.attributes if "<span" in value]
    assert any(text in said for _, said in spoken.texts)
    assert "49" not in [said for _, said in spoken.texts]


HOSTILE = '<script>alert(1)</script>\\" onmouseover=\\"alert(1)'


def test_hostile_translations_stay_text(kenya: toc.TheoryOfChange, tmp_path: Path) -> None:
    gather(["sw", str(tmp_path)])
    file = tmp_path / "sw" / "LC_MESSAGES" / "tocmodel.po"
    places = re.compile(r"%\(\w+\)s")

    def translated(found: "re.Match[str]") -> str:
        message = found[0]
        kept = " ".join(dict.fromkeys(places.findall(message.split("msgid_plural")[0] if "msgid_plural" not in message else message)))
        return re.sub(r'(msgstr(?:\[\d\])?) ""', lambda end: f'{end[1]} "{HOSTILE} {kept}"', message)

    filled = re.sub(r'^msgid "(?!"\n)[^#]*?(?=\n\n|\Z)', translated, file.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    file.write_text(filled, encoding="utf-8")
    assert len(find_language("sw", catalogues=tmp_path).gaps) < 40
    spoken = Spoken(html(kenya, words=find_language("sw", catalogues=tmp_path)))
    assert spoken.tags.count("script") == 2  # the page's own, and its data
    assert not [name for name, _ in spoken.attributes if name.startswith("on")]
    assert sum("<script>alert(1)</script>" in text for _, text in spoken.texts) > 100


def test_a_language_that_is_begun_speaks_where_it_can(
    kenya: toc.TheoryOfChange, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    begun = SWAHILI + '\nmsgid "Theory of change"\nmsgstr "Nadharia ya mabadiliko"\n'
    folder = catalogue(tmp_path, begun)
    page = toc.report(kenya, tmp_path / "k.html", lang="sw", catalogues=folder).read_text(encoding="utf-8")
    spoken = Spoken(page)
    assert '<html lang="sw">' in page
    assert {("sw", "Nadharia ya mabadiliko"), ("en", "Skip to the report"), ("en", "indicator")} <= set(spoken.texts)
    assert not [value for _, value in spoken.attributes if "<" in value]
    with pytest.raises(SystemExit) as ended:
        run("report", "examples/kenya_sec/kenya_sec.yaml", "-o", str(tmp_path / "c.html"), "--lang", "sw", "--catalogues", str(folder))
    assert ended.value.code == 0
    assert "not translated into 'sw', and so in English: " in capsys.readouterr().err
    assert (tmp_path / "c.html").read_text(encoding="utf-8") == page


def run(*arguments: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.argv", ["tocmodel", *arguments])
        main()


def test_an_unknown_language_is_refused_on_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        run("report", "examples/kenya_sec/kenya_sec.yaml", "-o", str(tmp_path / "c.html"), "--lang", "de")
    assert ended.value.code == 2
    assert "there are: en, es, fr" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_a_language_may_run_from_right_to_left(kenya: toc.TheoryOfChange, tmp_path: Path) -> None:
    assert '<html lang="ar" dir="rtl">' in html(kenya, words=find_language("ar", catalogues=catalogue(tmp_path, SWAHILI, "ar")))


def test_word_documents_speak_the_language_too(kenya: toc.TheoryOfChange, tmp_path: Path) -> None:
    docx: Any = pytest.importorskip("docx")
    from tocmodel.reports.word import write_word

    made = docx.Document(str(write_word(kenya, tmp_path / "k.docx", lang="fr")))
    headings = [paragraph.text for paragraph in made.paragraphs if paragraph.style.name == "Heading 1"]
    assert headings == ["Résultats obtenus", "Cadre logique", "Fiches de référence des indicateurs"]
    assert [cell.text for cell in made.tables[0].rows[0].cells][:4] == ["Indicateur", "Valeur de référence", "Cible", "Obtenu"]
    cells = {cell.text for table in made.tables for row in table.rows for cell in row.cells}
    assert {"plus de 1\u202f550", "au moins 87,7\u202f%", "sans appréciation (contexte)"} <= cells
    assert made.core_properties.language == "fr"
    with pytest.raises(UnknownLanguageError):
        write_word(kenya, tmp_path / "k.docx", lang="de")
