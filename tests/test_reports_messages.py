"""The message files: complete, up to date, and nothing but text."""

import re
from pathlib import Path

import pytest
from babel.messages import Catalog, Message
from babel.messages.pofile import read_po

from tocmodel.reports.language import find_language
from tocmodel.reports.messages import LOCALE, TEMPLATE, extracted, main, written

SHIPPED = sorted(LOCALE.glob("*/LC_MESSAGES/tocmodel.po"))


def forms(text: object) -> list[str]:
    return [text] if isinstance(text, str) else [str(form) for form in text] if isinstance(text, list | tuple) else []


def messages(file: Path) -> list[Message]:
    with file.open("rb") as lines:
        return [message for message in read_po(lines) if message.id]


def test_the_template_holds_what_the_report_says() -> None:
    assert TEMPLATE.read_bytes() == written(extracted()), "run: make messages"
    assert len(messages(TEMPLATE)) > 14


def test_french_and_spanish_are_there() -> None:
    assert [file.parent.parent.name for file in SHIPPED] == ["es", "fr"]


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.parent.parent.name)
def test_every_message_is_translated_and_keeps_its_values(file: Path) -> None:
    translated = {(message.context, forms(message.id)[0]): message for message in messages(file)}
    asked = {(message.context, forms(message.id)[0]): message for message in messages(TEMPLATE)}
    assert set(translated) == set(asked)
    plurals = Catalog(file.parent.parent.name).num_plurals
    for key, message in translated.items():
        texts = forms(message.string)
        assert texts, key
        assert all(texts), key
        assert not message.fuzzy, key
        assert len(texts) == (plurals if message.pluralizable else 1), key
        assert forms(message.id) == forms(asked[key].id)
        places = {form: sorted(re.findall(r"%\(\w+\)s|%%", form)) for form in (*forms(message.id), *texts)}
        for text in texts:
            assert places[text] in [places[form] for form in forms(message.id)], key
        assert not re.search(r"[<>&]", "".join(texts)), "messages are text, not markup"
    assert find_language(file.parent.parent.name).gaps == ()


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
