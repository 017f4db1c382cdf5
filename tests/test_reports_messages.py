"""The message files: complete, up to date, and nothing but text."""

import ast
import re
from collections.abc import Iterator
from enum import StrEnum
from gettext import NullTranslations
from pathlib import Path

import pytest
from attrs import evolve
from babel.messages import Message
from babel.messages.pofile import read_po

import tocmodel as toc
from tests.test_reports_translated import pictures
from tocmodel.checks import open_questions
from tocmodel.figures import Missing
from tocmodel.learning.calendar import Deadline
from tocmodel.learning.evaluation import Answer
from tocmodel.measurement import Reason, Status
from tocmodel.measurement.pace import Pace
from tocmodel.model import (
    Accumulation,
    AssumptionState,
    Basis,
    Coverage,
    Criterion,
    Direction,
    EvidenceDirection,
    EvidenceKind,
    IndicatorKind,
    ReportBasis,
    RivalStatus,
    Sign,
)
from tocmodel.reports.html import html
from tocmodel.reports.language import Foreign, find_language
from tocmodel.reports.messages import LOCALE, TEMPLATE, extracted, main, written
from tocmodel.reports.word import write_word
from tocmodel.stories import ClaimLevel, LinkState

SOURCE = LOCALE.parents[1]
SHIPPED = sorted(LOCALE.glob("*/LC_MESSAGES/tocmodel.po"))


def forms(text: object) -> list[str]:
    return [text] if isinstance(text, str) else [str(form) for form in text] if isinstance(text, list | tuple) else []


def messages(file: Path) -> list[Message]:
    with file.open("rb") as lines:
        return [message for message in read_po(lines) if message.id]


def test_the_template_holds_what_the_report_says() -> None:
    assert TEMPLATE.read_bytes() == written(extracted()), "run: make messages"
    assert len(messages(TEMPLATE)) > 14


def sentences() -> Iterator[tuple[str, ast.Call]]:
    """Every sentence that is put together in the package, and where."""
    for file in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"message", "messages"} and node.args:
                yield f"{file.relative_to(SOURCE)}:{node.lineno}", node


def test_every_sentence_is_given_the_values_that_it_names() -> None:
    wrong: list[str] = []
    for place, call in sentences():
        texts = [text.value for text in call.args if isinstance(text, ast.Constant) and isinstance(text.value, str)]
        given = {each.arg for each in call.keywords} | {"num"}
        named = {name for text in texts for name in re.findall(r"%\((\w+)\)", text)} | {"num"}
        if None not in given and (not texts or given != named):
            wrong.append(place)
    assert not wrong


def test_french_and_spanish_are_there() -> None:
    assert [file.parent.parent.name for file in SHIPPED] == ["es", "fr"]


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.parent.parent.name)
def test_every_message_is_translated_and_keeps_its_values(file: Path) -> None:
    translated = {(message.context, forms(message.id)[0]): message for message in messages(file)}
    asked = {(message.context, forms(message.id)[0]): message for message in messages(TEMPLATE)}
    assert set(translated) == set(asked)
    with file.open("rb") as lines:
        plurals = read_po(lines).num_plurals
    for key, message in translated.items():
        texts = forms(message.string)
        assert texts, key
        assert all(texts), key
        assert not message.fuzzy, key
        assert len(texts) == (plurals if message.pluralizable else 1), key
        assert forms(message.id) == forms(asked[key].id)
        places = {form: sorted(re.findall(r"%\(\w+\)s|%%|\{\w+\}", form)) for form in (*forms(message.id), *texts)}
        for text in texts:
            assert places[text] in [places[form] for form in forms(message.id)], key
        assert {*"<>&"} & {*"".join(texts)} <= {*"".join(forms(message.id))}, "messages are text, not markup"
    assert find_language(file.parent.parent.name).gaps == ()


def test_french_never_breaks_a_line_before_a_sign() -> None:
    (french,) = [file for file in SHIPPED if file.parent.parent.name == "fr"]
    assert not [text for message in messages(french) for text in forms(message.string) if re.search(" [:;?!»]|« ", text)]


class Asked(NullTranslations):
    """A language that remembers what it was asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.messages: set[str] = set()

    def gettext(self, message: str) -> str:
        self.messages.add(message)
        return message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        self.messages.add(msgid1)
        return msgid1 if n == 1 else msgid2


def test_whatever_reports_say_is_in_the_template(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    asked = Asked()
    speaking = evolve(find_language("fr"), translations=asked)
    kenya = toc.read("examples/kenya_sec/kenya_sec.yaml")
    html(kenya, words=speaking)
    monkeypatch.setattr("tocmodel.reports.word.writing.find_language", lambda *_, **__: speaking)
    write_word(kenya, tmp_path / "k.docx")
    for picture in pictures(kenya, speaking).values():
        assert picture
    toc.story(kenya, "child-rights-clubs", "children-engage-duty-bearers", words=speaking)
    assert len(asked.messages) > 500
    assert not asked.messages - {forms(message.id)[0] for message in messages(TEMPLATE)}


VOCABULARIES = [
    Status, Pace, Missing, Reason, Basis, Sign, AssumptionState, EvidenceDirection, EvidenceKind, RivalStatus, ClaimLevel, LinkState, Criterion,
    Answer, Deadline, IndicatorKind, Accumulation, ReportBasis, Coverage, Direction,
]  # fmt: skip


@pytest.mark.parametrize("vocabulary", VOCABULARIES, ids=lambda words: words.__name__)
def test_every_word_of_the_models_vocabularies_has_a_label(vocabulary: type[StrEnum]) -> None:
    labels = find_language("fr").labels
    assert not [word.value for word in vocabulary if word.value not in labels]


def test_every_open_question_can_be_asked_in_another_language() -> None:
    spanish = find_language("es")
    asked = [item.question for item in open_questions(toc.read("examples/kenya_sec/kenya_sec.yaml"))]
    assert len(asked) == 12
    assert not [question for question in asked if isinstance(spanish.said(question), Foreign)]


def test_a_translator_begins_a_language_and_brings_it_up_to_date(tmp_path: Path) -> None:
    main(["pt-BR", str(tmp_path)])
    file = tmp_path / "pt_BR" / "LC_MESSAGES" / "tocmodel.po"
    begun = file.read_text(encoding="utf-8")
    assert len(find_language("pt-BR", catalogues=tmp_path).gaps) == len(messages(TEMPLATE))
    file.write_text(begun.replace('msgid "any number"\nmsgstr ""', 'msgid "any number"\nmsgstr "qualquer número"'), encoding="utf-8")
    main(["pt-BR", str(tmp_path)])
    assert find_language("pt-BR", catalogues=tmp_path).gettext("any number") == "qualquer número"
    with pytest.raises(SystemExit, match="usage"):
        main(["pt-BR"])
