"""What a story may say, and how it quotes."""

import pytest

from tocmodel.stories.wording import ENGLISH, banned_phrases, listed, own_words, quoted, steps


@pytest.mark.parametrize(
    "text",
    [
        "The rise was CAUSED BY the\nproject.",
        "Results attributable to us",
        "40% of the change is due to clubs",
        "40 % of the change is due to clubs",
        "It is Proved",
        "This proves it",
    ],
)
def test_what_claims_too_much_is_banned(text: str) -> None:
    assert banned_phrases(text)


@pytest.mark.parametrize("text", ["Attendance improved", "The ministry approves it", "12 of 19 sources say so", "", "a contribution"])
def test_what_does_not_is_not(text: str) -> None:
    assert not banned_phrases(text)


def test_a_quotation_stays_one_whatever_the_model_says() -> None:
    for words in ("a ” b “ c", "”", "“", "two\nlines\x00\u202e", ""):
        quotation = quoted(words, "id")
        assert quotation.isprintable()
        assert own_words(quotation) == "“”"
    assert quoted("And so on...") == "“And so on...”"


def test_words_in_a_row() -> None:
    assert listed([]) == ""
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert steps(1200, ENGLISH) == "1,200 steps"
