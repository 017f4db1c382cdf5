"""Texts in one language or several, by example."""

import pytest

from tocmodel.errors import FieldError
from tocmodel.model import Text


def test_a_bare_string_is_in_the_default_language() -> None:
    text = Text.read("Children know their rights")
    assert text.entries == (("", "Children know their rights"),)
    assert str(text) == text.in_language("en") == text.in_language("sw") == "Children know their rights"


def test_a_text_in_several_languages() -> None:
    text = Text.read({"en": "Clubs", "fr": "Clubs d'enfants"})
    assert text.in_language("fr") == "Clubs d'enfants"
    assert text.with_default("en") == Text({"": "Clubs", "fr": "Clubs d'enfants"})
    assert str(text.with_default("fr")) == "Clubs d'enfants"
    assert text.with_default("sw") == text


def test_a_default_beside_its_own_language_keeps_both() -> None:
    text = Text({"": "a", "en": "b"})
    assert text.with_default("en") == text


def test_the_empty_text_is_false() -> None:
    assert not Text.read(None)
    assert not Text.read("")
    assert Text.read({"en": ""}) == Text()
    assert str(Text()) == ""
    assert Text.read(Text.read("x")) == Text.read("x")


@pytest.mark.parametrize("value", [["a", "b"], {"en": ["a"]}, {"en": {"x": "y"}}, ("a",)])
def test_what_is_no_text_is_refused(value: object) -> None:
    with pytest.raises(FieldError, match="not a text"):
        Text.read(value)


@pytest.mark.parametrize("value", ["clubs \ud800", {"fr": "\udfff"}, {"\ud800": "clubs"}])
def test_half_of_a_surrogate_pair_is_no_text(value: object) -> None:
    with pytest.raises(FieldError, match="half of a surrogate pair") as raised:
        Text.read(value)
    assert str(raised.value).isascii()
    assert str(Text.read("\U0001f4d6")) == "\U0001f4d6"
