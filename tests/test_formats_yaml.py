"""YAML without surprises, by example."""

import pytest

from tests.strategies import NASTY
from tocmodel.errors import UnreadableFileError
from tocmodel.formats.yaml import DEEPEST, dumps, loads


@pytest.mark.parametrize("text", ["no", "Yes", "on", "010", "1_000", "1e5", "12:30", "2021-01-01", "0x1F", ".inf", "<<", "=", "0.10"])
def test_every_scalar_is_text(text: str) -> None:
    assert loads(f"a: {text}")[0] == {"a": text}


@pytest.mark.parametrize(("text", "value"), [("a:", None), ("a: null", None), ("a: ~", None), ('a: ""', ""), ("a: 'null'", "null")])
def test_only_what_is_left_empty_is_nothing(text: str, value: str | None) -> None:
    assert loads(text)[0] == {"a": value}


def test_every_path_knows_its_line() -> None:
    document, lines = loads("a:\n  - b: 1\n    c: 2\n  - d\n")
    assert document == {"a": [{"b": "1", "c": "2"}, "d"]}
    assert (lines["a",], lines["a", 0, "b"], lines["a", 0, "c"], lines["a", 1]) == (1, 2, 3, 4)


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("a: 1\na: 2", 2, "the key 'a' stands twice in one mapping"),
        ("a: [1", 1, "not YAML"),
        ("a:\n\t- b", 2, "not YAML"),
        ("a: &x [1]\nb: *x", 1, "an alias"),
        ("a: &x [*x]", 1, "an alias"),
        ("? [a]\n: b", 1, "a key that is no text"),
        ("a: 1\n---\nb: 1", 2, "another document"),
        ("a: 1\nb: \x07", 2, "control characters are not allowed"),
        ("a: " + "[" * (DEEPEST + 1) + "]" * (DEEPEST + 1), 1, "too deeply nested"),
        ("a: " + "[" * 100_000, 1, "not YAML"),
        ("\n".join(f"{' ' * depth}a:" for depth in range(DEEPEST + 2)), DEEPEST + 2, "too deeply nested"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_names_the_line(text: str, line: int, message: str) -> None:
    with pytest.raises(UnreadableFileError) as raised:
        loads(text, "model.yaml")
    finding = raised.value.findings[0]
    assert (finding.code, finding.where.file, finding.where.line) == ("F05", "model.yaml", line)
    assert message in finding.message


def test_aliases_that_would_blow_up_are_not_followed() -> None:
    bomb = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 40))
    with pytest.raises(UnreadableFileError) as raised:
        loads(bomb)
    assert {finding.message for finding in raised.value.findings} == {"an alias"}


def test_all_repeated_keys_are_found_at_once() -> None:
    with pytest.raises(UnreadableFileError) as raised:
        loads("a: {b: 1, b: 2}\nc: 1\nc: 2\n")
    assert [str(finding.where) for finding in raised.value.findings] == ["line 1: a.b", "line 3: c"]


@pytest.mark.parametrize("text", [*NASTY, "\u2029", "a\x85", "\x85\n", " \n x", "a\n\n b\n", "\x1b[31m"])
def test_any_text_survives_as_value_and_as_key(text: str) -> None:
    for document in ({"a": text}, {"a": [{"b": [text]}]}, {text: "x"}, [text, text]):
        assert loads(dumps(document))[0] == document


def test_yaml_is_written_for_people() -> None:
    text = dumps({"b": ["x"], "a": {"é": "long " * 20}, "c": []})
    assert text == f"b:\n  - x\na:\n  é: '{'long ' * 20}'\nc: []\n"
    assert "&" not in dumps([shared := ["x"], shared])
