"""The reference page of the model file."""

from pathlib import Path

from tocmodel import read
from tocmodel.formats import manual


def test_the_page_is_the_one_the_records_give() -> None:
    assert manual.PAGE.read_text(encoding="utf-8") == manual.page(), "run make reference"


def test_its_example_can_be_read(tmp_path: Path) -> None:
    example = manual.page().split("```yaml\n")[1].split("```")[0]
    path = tmp_path / "example.yaml"
    path.write_text(example, encoding="utf-8")
    model = read(path)
    assert str(model.actuals_of("club-pupils")[0].figure) == "more than 1550"


def test_every_field_has_a_meaning() -> None:
    assert not [line for line in manual.page().splitlines() if line.endswith("|  |")]
