"""The elements of a theory, by example."""

from decimal import Decimal

import pytest
from attrs.exceptions import FrozenInstanceError

from tocmodel.errors import FieldError
from tocmodel.figures import Figure
from tocmodel.model import (
    NODE_KINDS,
    Activity,
    Horizon,
    Input,
    Level,
    Objective,
    OtherResult,
    Outcome,
    Output,
    Programme,
    Sphere,
    Text,
    rank,
)
from tocmodel.periods import Period


def test_a_node_holds_what_the_field_says_of_it() -> None:
    club = Activity(
        id="clubs",
        title={"en": "Reading clubs", "fr": "Clubs de lecture"},
        narrative="Children read to each other every week (fictional).",
        by="librarian",
        involves=["children"],
        sphere="control",
        period="2020/2021",
        delivery={"level": "likely", "by": "team"},
        budget={"printed": "1,200", "unit": "EUR"},
        weight="0.5",
        driver="no",
    )
    assert club.by == ("librarian",)
    assert club.sphere is Sphere.CONTROL
    assert club.period == Period.read("2020/2021")
    assert club.budget == Figure.read("1,200", unit="EUR")
    assert club.weight == Decimal("0.5")
    assert club.driver is False
    assert club.title.in_language("fr") == "Clubs de lecture"
    assert club.narrative == Text.read("Children read to each other every week (fictional).")


def test_what_is_not_said_is_not_assumed() -> None:
    outcome = Outcome(id="o", title="O")
    assert (outcome.horizon, outcome.sphere, outcome.delivery, outcome.basis, outcome.weight) == (None, None, None, None, None)
    assert Outcome(id="o", title="O", horizon="short").horizon is Horizon.SHORT


def test_nodes_stand_from_inputs_to_the_goal() -> None:
    goal = Objective(id="g", title="G", level="overall")
    specific = Objective(id="s", title="S")
    others = [Input(id="i", title="I"), Activity(id="a", title="A"), Output(id="u", title="U"), Outcome(id="o", title="O")]
    assert [rank(node) for node in (*others, specific, goal)] == [0, 1, 2, 3, 4, 5]
    assert rank(OtherResult(id="r", title="R")) == 3
    assert goal.level is Level.OVERALL


@pytest.mark.parametrize("cls", NODE_KINDS)
def test_nodes_are_frozen_and_need_an_id_and_a_title(cls: type[Activity]) -> None:
    node = cls(id="n", title="N")
    with pytest.raises(FrozenInstanceError):
        node.id = "m"  # type: ignore[misc]
    with pytest.raises(TypeError):
        cls(id="n")  # type: ignore[call-arg]
    with pytest.raises(FieldError, match="unknown sphere"):
        cls(id="n", title="N", sphere="everywhere")


def test_a_programme_keeps_the_dates_of_judgement_and_of_its_life_apart() -> None:
    programme = Programme(id="p", title="P", period="2018-10-01/2021-09-30", as_of="2021-12-31", currency="kes")
    assert programme.period is not None
    assert (str(programme.period.end), str(programme.as_of), programme.currency, programme.language) == (
        "2021-09-30",
        "2021-12-31",
        "KES",
        "en",
    )
