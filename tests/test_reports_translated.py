"""Whole reports in other languages: nothing of their own left in English, the model's texts marked, hostile translations as text."""

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, strategies as st

import tocmodel as toc
from tests.laws.test_stories_laws import told_theories
from tests.test_reports_language import SWAHILI, catalogue
from tocmodel.__main__ import main
from tocmodel.contribution import contribution_matrix
from tocmodel.errors import UnknownLanguageError
from tocmodel.model.record import Titled
from tocmodel.reports.charts import achievement_chart, cascade_chart, gap_chart, matrix_chart, theory_chart, trajectory_chart
from tocmodel.reports.html import html
from tocmodel.reports.language import Language, find_language
from tocmodel.reports.messages import main as gather
from tocmodel.reports.naming import named_cascade, speaking_of
from tocmodel.reports.telling import tell

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
        if other and (len(parts) == 1 or len(longest) > 7):
            found.append((longest, re.compile(r"\S.*?".join(map(re.escape, parts)))))
    return found


def left_in_english(texts: list[str], language: str) -> set[str]:
    """The texts that are a message in English, or hold a long part of one."""
    messages = english(language)
    assert len(messages) > 500
    return {text for text in texts for longest, pattern in messages if pattern.fullmatch(text) or (len(longest) > 20 and longest in text)}


def pictures(model: toc.TheoryOfChange, language: Language) -> dict[str, str]:
    """Every picture of a model, in this language."""
    table = toc.achievement(model)
    speaking = speaking_of(model, language)
    return {
        "achievement": achievement_chart(table, model=model, language=language),
        "gaps": gap_chart(table, model=model, language=language),
        "matrix": matrix_chart(contribution_matrix(model), model=model, language=language),
        **{each.id: cascade_chart(named_cascade(model, each.id, speaking), language=speaking) for each in model.cascades},
        **{each.id: trajectory_chart(model, each.id, language=language) for each in model.indicators},
        "theory": theory_chart(model, language=language),
        "theory, achievement": theory_chart(model, overlay="achievement", language=language),
        "theory, evidence": theory_chart(model, overlay="evidence", language=language),
        "no theory": theory_chart(toc.TheoryOfChange.build("p").done(), language=language),
    }


def test_nothing_of_the_report_is_left_in_english(page: str, language: str) -> None:
    own = Spoken(page).own(language)
    assert len(own) > 500
    assert not left_in_english(own, language)
    assert not [text for text in own if re.search(r"\d{4}-\d\d-\d\d", text)]


def test_the_same_search_finds_english_where_it_is(kenya: toc.TheoryOfChange) -> None:
    own = Spoken(html(kenya)).own("en")
    found = [pattern for _, pattern in english("fr") if any(pattern.fullmatch(text) for text in own)]
    assert len(found) > 120


def test_nothing_of_a_picture_is_left_in_english(kenya: toc.TheoryOfChange, language: str) -> None:
    titles = {str(record.title) for record in kenya.records() if isinstance(record, Titled)}
    for name, svg in pictures(kenya, find_language(language)).items():
        own = Spoken(svg).own(language)
        assert own, name
        parts = {part.strip(" .)") for text in own for part in re.split(r":\s|\.\s|→|[,;(]", text)} - titles  # what is put together
        assert not left_in_english([*own, *parts], language), name
        assert not [text for text in own if re.search(r"\d{4}-\d\d-\d\d", text)], name
    assert left_in_english(Spoken(pictures(kenya, find_language("en"))["gaps"]).own("en"), language), "the search finds English"


def test_nothing_of_a_story_is_left_in_english(kenya: toc.TheoryOfChange, language: str) -> None:
    pairs = [("child-rights-clubs", "children-engage-duty-bearers"), ("legal-advice", "families-protect")]
    for pair in pairs:
        told = tell(kenya, *pair, lang=language)
        texts = [told.title, *(section.heading for section in told.sections), *(said.text for said in told.sentences)]
        assert not left_in_english([re.sub(r"«[^»]*»", "«»", text) for text in texts], language)
        assert "What the numbers" not in told.markdown() + told.html() + str(told)
        plain = toc.story(kenya, *pair)
        assert left_in_english([said.text for said in plain.sentences], language), "the search finds English"
        assert [said.because for said in plain.sentences] == [said.because for said in told.sentences]
        assert f'<section class="tocmodel-story" lang="{language}">' in told.html()


@given(told_theories(), st.sampled_from(["fr", "es"]))
def test_a_language_changes_the_words_of_a_story_and_nothing_else(model: toc.TheoryOfChange, lang: str) -> None:
    plain, told = toc.story(model, "a", "g"), tell(model, "a", "g", lang=lang)
    assert (plain.level, plain.missing, plain.weakest) == (told.level, told.missing, told.weakest)
    assert [(said.because, said.values) for said in plain.sentences] == [(said.because, said.values) for said in told.sentences]
    assert not left_in_english([re.sub(r"«[^»]*»", "«»", said.text) for said in told.sentences], lang)


def test_stories_and_pictures_take_the_models_titles_in_the_readers_language() -> None:
    draft = toc.TheoryOfChange.build("clubs", {"en": "Reading clubs", "fr": "Clubs de lecture"}, as_of="2024-12-31")
    meet = draft.activity("meet", {"en": "Clubs meet", "fr": "Les clubs se réunissent"}, basis="stated")
    read = draft.objective("fluent", {"en": "Pupils read", "fr": "Les élèves lisent"})
    draft.link(meet, read, rationale={"en": "reading aloud helps", "fr": "lire à voix haute aide"})
    draft.dimension(
        "who",
        {"en": "Who", "fr": "Qui"},
        categories=[{"id": id, "title": {"en": id, "fr": fr}} for id, fr in (("young", "jeunes"), ("old", "âgés"))],
    )
    draft.indicator("n", {"en": "Clubs", "fr": "Clubs tenus"}, of=meet, unit="club", direction="increase", by="who")
    for id, count in (("young", 5), ("old", 20)):
        draft.target("n", 10, slice={"who": id})
        draft.actual("n", count, slice={"who": id})
    model = draft.done()
    drawn = pictures(model, find_language("fr"))
    assert "Moins que prévu\N{NO-BREAK SPACE}: jeunes." in drawn["gaps"]
    assert "Clubs tenus, ventilation\N{NO-BREAK SPACE}: Qui" in drawn["gaps"]
    told = tell(model, meet, read, lang="fr")
    for text in (drawn["matrix"], drawn["theory"], str(told)):
        assert "Les élèves lisent" in text
    assert "lire à voix haute aide" in str(told)
    for text in (*drawn.values(), str(told)):
        assert not re.search("Clubs meet|Pupils read|Reading clubs|young|reading aloud", re.sub(r"\[\d+\].*", "", text))


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
    hostile = find_language("sw", catalogues=tmp_path)
    assert len(hostile.gaps) < 40
    hostile = evolve(hostile, translated=find_language("fr").translated)  # so that stories speak it too
    assert hostile.tells
    told = toc.story(kenya, "child-rights-clubs", "children-engage-duty-bearers", words=hostile)
    shown = {"page": html(kenya, words=hostile), "story": told.html(), **pictures(kenya, hostile)}
    for name, text in shown.items():
        spoken = Spoken(text)
        assert spoken.tags.count("script") == (2 if name == "page" else 0)  # the page's own, and its data
        assert not [key for key, _ in spoken.attributes if key.startswith("on")], name
        assert sum("<script>alert(1)</script>" in said for _, said in spoken.texts) > (200 if name == "page" else 1), name
    assert "<script" not in told.markdown()


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


def test_word_documents_say_their_language_and_mark_other_ones(kenya: toc.TheoryOfChange, tmp_path: Path) -> None:
    docx: Any = pytest.importorskip("docx")
    from docx.oxml.ns import qn

    from tocmodel.reports.word import write_story, write_word

    def marked(document: Any) -> dict[str, str | None]:
        runs = document.element.body.iter(qn("w:r"))
        return {"".join(text.text or "" for text in run.iter(qn("w:t"))): language_of(run) for run in runs}

    def language_of(run: Any) -> str | None:
        found = run.find(f"{qn('w:rPr')}/{qn('w:lang')}")
        return None if found is None else found.get(qn("w:val"))

    def default(document: Any) -> str:
        return document.styles.element.xpath("w:docDefaults/w:rPrDefault/w:rPr/w:lang")[0].get(qn("w:val"))

    pair = ("child-rights-clubs", "children-engage-duty-bearers")
    made = docx.Document(str(write_word(kenya, tmp_path / "k.docx", lang="fr", stories=[pair])))
    texts = marked(made)
    assert default(made) == "fr"
    assert texts[str(kenya.programme.title)] == texts["Peer sessions in Child Rights Clubs"] == texts["Girls"] == "en"
    assert texts["1. La question"] is None
    assert texts["plus de 1\u202f550"] is None
    begun = catalogue(tmp_path, SWAHILI)
    half = docx.Document(str(write_word(kenya, tmp_path / "h.docx", lang="sw", catalogues=begun, stories=[pair])))
    assert default(half) == "sw"
    assert marked(half)["1. The question"] == "en", "a story that is told in English says so"
    alone = docx.Document(str(write_story(tell(kenya, *pair, lang="es"), tmp_path / "s.docx")))
    assert default(alone) == alone.core_properties.language == "es"
    assert "Número" in marked(alone)
    assert default(docx.Document(str(write_word(kenya, tmp_path / "e.docx")))) == "en-US"
