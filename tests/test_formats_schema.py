"""The JSON Schema that is shipped for editors."""

from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from tocmodel import read
from tocmodel.formats import schema
from tocmodel.formats.plain import to_plain

KENYA = Path("examples/kenya_sec/kenya_sec.yaml")


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    Draft202012Validator.check_schema(schema.schema())
    return Draft202012Validator(schema.schema())


def loaded(text: str) -> Any:
    return yaml.load(text, yaml.BaseLoader)


def test_the_shipped_schema_is_the_one_the_records_give() -> None:
    assert files("tocmodel.formats").joinpath(schema.FILE).read_text(encoding="utf-8") == schema.text()


def test_the_example_is_valid_as_authored_and_as_written(validator: Draft202012Validator) -> None:
    assert not list(validator.iter_errors(loaded(KENYA.read_text(encoding="utf-8"))))
    written: Any = to_plain(read(KENYA))
    assert not list(validator.iter_errors(written))


@pytest.mark.parametrize(
    "fault",
    [
        "activites: []",
        "activities: [{id: a}]",
        "activities: [{id: a, title: A, sfere: control}]",
        "activities: [{id: a, title: A, sphere: everywhere}]",
        "links: [{from: a}]",
        "indicators: [{id: i, title: I, of: a, targets: [{figur: 5}]}]",
        "indicators: [{id: i, title: I, of: a, direction: up}]",
    ],
)
def test_what_the_reader_refuses_the_schema_refuses(validator: Draft202012Validator, fault: str) -> None:
    document = loaded(f"tocmodel: 1\nprogramme: {{id: p, title: P}}\n{fault}\n")
    assert list(validator.iter_errors(document))


def test_fields_are_described_for_the_editor() -> None:
    direction = schema.schema()["properties"]["indicators"]["items"]["properties"]["direction"]
    assert direction["enum"] == ["increase", "decrease", "maintain", "context", "unknown"]
    assert direction["description"] == "which way is better."
