"""The fictional example says that it is one, and its script shows plausibility, hotspots and flip points."""

import runpy

import pytest

import tocmodel as toc
from tocmodel.formats.overlay import read_overlay

FOLDER = "examples/fictional"
NOTICE = "This programme is fictional. Places, people, judgements and numbers are invented to show how judged strengths are used."


@pytest.fixture(scope="module")
def programme() -> toc.TheoryOfChange:
    return toc.read(f"{FOLDER}/reading_clubs.yaml")


def test_it_says_that_it_is_fictional_and_every_judgement_says_who_when_and_why(programme: toc.TheoryOfChange) -> None:
    assert str(programme.programme.notice) == NOTICE
    judgements = [
        *(link.strength for link in programme.links),
        *(item.probability for item in programme.assumptions),
        *(node.delivery for node in programme.nodes),
    ]
    stated = [judgement for judgement in judgements if judgement]
    assert len(stated) == 14
    assert all(judgement.by and judgement.on and judgement.why for judgement in stated)
    assert len(read_overlay(f"{FOLDER}/second_panel.yaml")) == 3


def test_the_script_shows_each_answer(capsys: pytest.CaptureFixture[str]) -> None:
    runpy.run_path(f"{FOLDER}/judged_strengths.py", run_name="__main__")
    out = capsys.readouterr().out
    for text in (
        NOTICE,
        "is reached is 0.027 to 0.533 (if links and assumptions work as judged",
        "3 of the 17 links, assumptions and deliveries on the way are not judged",
        "is reached is 0.077 to 0.483",
        "bounds that hold however links and assumptions depend on each other",
        "Where to collect evidence next for",
        "would equal 0.05",
        "is at or above 0.05; what would change that",
        "may be on either side of 0.45",
        "would be 0.008 to 0.148 instead of 0.077 to 0.483",
        "carried on by The board of the village libraries",
    ):
        assert text in out


def test_its_plausibility_is_what_enumeration_by_hand_gives(programme: toc.TheoryOfChange) -> None:
    """At the low ends, with the second panel's judgements; the loop through talk adds nothing."""
    low = toc.plausibility(programme, "readers", overlay=read_overlay(f"{FOLDER}/second_panel.yaml")).low
    expected = 0.0
    for books, chance in ((True, 0.6), (False, 0.4)):
        practice = 1 - (1 - 0.95 * 0.7 * books) * (1 - 0.5 * 0.1)
        elsewhere = 1 - (1 - 0.9 * 0.6 * 0.3) * (1 - 0.5 * 0.4 * 0.3 * books)
        pleasure = 1 - (1 - 0.7 * 0.4) * (1 - elsewhere)
        expected += chance * practice * 0.6 * pleasure * 0.7
    assert low == pytest.approx(expected)
