"""Laws of claims, process tracing, shares, rubrics and claims tables."""

import math
import tempfile
from itertools import permutations
from pathlib import Path

import networkx as nx
import pytest
from attrs import evolve
from hypothesis import given, settings, strategies as st
from hypothesis.strategies import DrawFn

from tests.strategies import words
from tocmodel.contribution import (
    Claim,
    Claims,
    Clue,
    certainty,
    classify_test,
    evidence_flip,
    model_shares,
    next_best_evidence,
    package_posterior,
    posterior,
    posteriors,
    robustness,
    robustness_overlap,
    robustness_table,
    rubric_level,
    shapley_table,
    weight_db,
)
from tocmodel.contribution.claims.claims import Mention, Sentiment, by_source
from tocmodel.contribution.judged.shapley import Ends
from tocmodel.errors import RefusedError
from tocmodel.formats.claims import read_claims, write_claims
from tocmodel.model import Search, TheoryOfChange

# Claims

FACTORS = tuple("abcdef")


@st.composite
def told(draw: DrawFn, *, most: int = 16) -> Claims:
    """Claims about a few factors, so that paths are frequent; every factor is mentioned."""
    factor = st.sampled_from(FACTORS)
    drawn = st.builds(Claim, factor, factor, st.sampled_from(("s1", "s2", "s3")), id=st.uuids().map(str))
    every = [Claim(factor, "elsewhere", "s0") for factor in FACTORS]
    return Claims([*every, *draw(st.lists(drawn, max_size=most))])


def leads(claims: Claims, start: str, end: str) -> bool:
    graph = nx.DiGraph(list(claims.pairs))
    graph.add_nodes_from((start, end))
    return nx.has_path(graph, start, end)


@given(told())
def test_deleting_the_cut_breaks_every_path_and_fewer_claims_do_not(claims: Claims) -> None:
    found = robustness(claims, "a", "f")
    assert found.robustness == len(found.cut)
    assert (found.robustness == 0) == (not leads(claims, "a", "f"))
    left = Claims([claim for claim in claims if claim not in set(found.cut)])
    assert not leads(left, "a", "f")
    for kept in found.cut:  # a smallest cut needs each of its claims
        assert leads(Claims([*left, kept]), "a", "f")


@given(told())
def test_robustness_is_the_number_of_paths_that_share_no_claim(claims: Claims) -> None:
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(claims.factors)
    for cause, effect in claims.pairs:
        if cause != effect:
            graph.add_edge(cause, effect, capacity=graph.get_edge_data(cause, effect, {"capacity": 0})["capacity"] + 1)
    assert robustness(claims, "a", "f").robustness == nx.maximum_flow_value(graph, "a", "f")


@given(told())
def test_extended_is_at_most_robustness_and_threads_are_sources(claims: Claims) -> None:
    found = robustness(claims, "a", "f")
    assert found.robustness is not None
    assert found.extended is not None
    assert found.extended <= found.robustness
    assert set(found.threads) == {source for source, own in by_source(claims).items() if leads(own, "a", "f")}
    assert len(found.threads) <= found.speaking <= len(claims.sources)
    assert found.coherence is None or 0 <= found.coherence <= 1
    assert found.pieced_together == (leads(claims, "a", "f") and not found.threads)
    by_voice = robustness(claims, "a", "f", counting="sources").robustness
    assert by_voice is not None
    assert by_voice <= found.robustness


@given(told())
def test_together_origins_are_as_robust_as_the_most_robust_and_no_more_than_their_sum(claims: Claims) -> None:
    found = robustness_overlap(claims, ["a", "b", "c"], "f")
    single = [number for number in found.single.values() if number is not None]
    assert found.joint is not None
    assert max(single) <= found.joint <= sum(single)
    assert found.overlap == sum(single) - found.joint
    table = robustness_table(claims, ["a", "b"], ["e", "f"])
    for row in table:
        cells = [number for number in row.cells.values() if number is not None]
        assert row.all_targets is not None
        assert max(cells) <= row.all_targets <= sum(cells)
    assert table.all == robustness(claims, ["a", "b"], ["e", "f"]).robustness


@given(told())
def test_threads_after_trace_are_what_single_sources_tell_whole(claims: Claims) -> None:
    traced = claims.trace("a", "f")
    threads = traced.threads()
    assert set(threads.sources) == set(robustness(claims, "a", "f").threads)
    assert set(threads) <= set(traced) <= set(claims)
    assert robustness(claims, "a", "f").robustness == (robustness(traced, "a", "f").robustness if traced.claims else 0)
    assert threads.threads().claims == threads.claims


@given(told())
def test_filters_commute_and_never_add(claims: Claims) -> None:
    one = claims.where(source=["s1", "s2"]).where(cause="a")
    assert one.claims == claims.where(cause="a").where(source=["s1", "s2"]).claims
    assert one.claims == claims.where(cause="a", source=["s1", "s2"]).claims
    assert set(one) <= set(claims)


LINES = words().filter(lambda text: "\0" not in text)
"""What a text file can hold."""
CELLS = st.one_of(LINES, st.sampled_from(("=1+1", "'=1", "''-1", "@x", "~Income", "'"))).map(str.strip).filter(bool)
ATTRIBUTES = st.dictionaries(st.sampled_from(("gender", "District of birth", "=odd")), LINES, max_size=2)
ROWS = st.lists(
    st.builds(
        Claim,
        CELLS,
        CELLS,
        CELLS,
        quote=LINES,
        id=LINES,
        attributes=ATTRIBUTES,
        sentiment=st.one_of(st.none(), st.sampled_from(Sentiment)),
        mention=st.one_of(st.none(), st.sampled_from(Mention)),
    ),
    max_size=5,
)


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
@settings(max_examples=40)
@given(rows=ROWS)
def test_claims_read_back_are_the_claims_that_were_written(ending: str, rows: list[Claim]) -> None:
    claims = Claims(rows)
    with tempfile.TemporaryDirectory() as folder:
        path = write_claims(claims, Path(folder) / f"claims{ending}")
        assert read_claims(path).claims == claims.claims


# Process tracing

CHANCES = st.one_of(st.sampled_from((0.0, 1.0, 0.5)), st.floats(0, 1, allow_subnormal=False))
INNER = st.floats(0.001, 0.999)
CLUES = st.builds(Clue, INNER, INNER, found=st.sampled_from(Search))
ANY_CLUES = st.builds(Clue, CHANCES, CHANCES, found=st.sampled_from(Search))


@given(INNER, st.lists(CLUES, max_size=6), st.randoms(use_true_random=False))
def test_the_order_of_independent_evidence_does_not_matter(prior: float, clues: list[Clue], chance: object) -> None:
    shuffled = list(clues)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert posterior(prior, clues).value == posterior(prior, shuffled).value
    step: float | None = prior
    for clue in clues:
        assert step is not None
        step = posterior(step, [clue]).value
    assert step == pytest.approx(posterior(prior, clues).value, abs=1e-9)


@given(CHANCES, st.lists(ANY_CLUES, max_size=4))
def test_a_posterior_is_a_probability_or_is_refused(prior: float, clues: list[Clue]) -> None:
    try:
        found = posterior(prior, clues)
    except RefusedError:
        true = [clue.seen(at_low=True)[0] for clue in clues]
        false = [clue.seen(at_low=True)[1] for clue in clues]
        assert 0 in [prior, *true]
        assert 0 in [1 - prior, *false]
        return
    assert found.value is not None
    assert 0 <= found.value <= 1
    assert found.sentence()


@given(INNER, CHANCES, CHANCES)
def test_the_expected_posterior_is_the_prior(prior: float, p_if_true: float, p_if_false: float) -> None:
    row = next_best_evidence(prior, {"it": Clue(p_if_true, p_if_false)}).one()
    outcomes = ((row.p_found, row.if_found), (1 - row.p_found, row.if_not_found))
    assert math.fsum(weight * after for weight, after in outcomes if after is not None) == pytest.approx(prior, abs=1e-9)
    assert row.gain_bits >= -1e-9
    assert row.expected_variance <= prior * (1 - prior) + 1e-9


@given(INNER, st.lists(CLUES, max_size=5))
def test_decibels_add(prior: float, clues: list[Clue]) -> None:
    after = posterior(prior, clues).value
    assert after is not None
    weights = [weight_db(clue).value for clue in clues]
    odds = 10 * math.log10(prior / (1 - prior)) + math.fsum(weight for weight in weights if weight is not None)
    assert after == pytest.approx(1 / (1 + 10 ** (-odds / 10)), abs=1e-9)


@given(INNER, st.lists(CLUES, max_size=5))
def test_two_hypotheses_are_the_claim_and_its_negation(prior: float, clues: list[Clue]) -> None:
    likelihoods = {
        "claim": [clue.p_if_true.low for clue in clues],
        "negation": [clue.p_if_false.low for clue in clues],
    }
    both = posteriors({"claim": prior, "negation": 1 - prior}, likelihoods, [clue.found for clue in clues])
    assert both.posteriors["claim"] == pytest.approx(posterior(prior, clues).value, abs=1e-9)
    assert math.fsum(both.posteriors.values()) == pytest.approx(1)


RANGES = st.tuples(INNER, INNER).map(lambda pair: (min(pair), max(pair)))


@given(st.data(), RANGES, st.lists(st.tuples(RANGES, RANGES, st.booleans()), min_size=1, max_size=3))
def test_ranges_hold_every_point_inside(
    data: st.DataObject, prior: tuple[float, float], clues: list[tuple[tuple[float, float], tuple[float, float], bool]]
) -> None:
    whole = posterior(prior, [Clue(true, false, found) for true, false, found in clues]).posterior
    points = [Clue(data.draw(st.floats(*true)), data.draw(st.floats(*false)), found) for true, false, found in clues]
    inside = posterior(data.draw(st.floats(*prior)), points).value
    assert inside is not None
    assert whole.low - 1e-12 <= inside <= whole.high + 1e-12


@given(INNER, INNER)
def test_evidence_as_likely_either_way_changes_nothing(prior: float, chance: float) -> None:
    for found in Search:
        assert posterior(prior, [Clue(chance, chance, found)]).value == pytest.approx(prior, abs=1e-12)
    assert weight_db(Clue(chance, chance, found=True)).value == 0


@given(INNER, st.tuples(INNER, INNER), st.tuples(INNER, INNER))
def test_a_package_without_correlation_is_two_independent_pieces(
    prior: float, one: tuple[float, float], other: tuple[float, float]
) -> None:
    first, second = Clue(*one), Clue(*other)
    package = package_posterior(prior, first, second)
    for found, value in package.posteriors.items():
        pieces = [evolve(clue, found=Search.FOUND if what else Search.NOT_FOUND) for clue, what in zip((first, second), found, strict=True)]
        assert value == pytest.approx(posterior(prior, pieces).value, abs=1e-9)
    seen_once = posterior(prior, [package.clue(first=True, second=None)]).value
    assert seen_once == pytest.approx(posterior(prior, [evolve(first, found=Search.FOUND)]).value, abs=1e-9)


@given(INNER, INNER, INNER, INNER)
def test_at_a_flip_point_the_posterior_is_the_threshold(prior: float, true: float, false: float, threshold: float) -> None:
    flip = evidence_flip(prior, Clue(true, false, found=True), threshold)
    assert posterior(flip.min_prior, [Clue(true, false, found=True)]).value == pytest.approx(threshold, abs=1e-9)
    if flip.max_p_if_false <= 1:
        assert posterior(prior, [Clue(true, flip.max_p_if_false, found=True)]).value == pytest.approx(threshold, abs=1e-9)
    assert flip.reached == (flip.bias_factor is None or flip.bias_factor >= 1) or flip.posterior == pytest.approx(threshold)


@given(st.integers(0, 100), st.integers(0, 100))
def test_a_test_turned_round_speaks_for_the_other_side(true: int, false: int) -> None:
    one, other = classify_test(true / 100, false / 100), classify_test(false / 100, true / 100)
    assert one.test == other.test
    assert (one.speaks_for is None) == (true == false)
    assert one.speaks_for is None or one.speaks_for != other.speaks_for


# Rubrics

SCALE = ("1", "2", "3", "4")


@given(st.dictionaries(st.sampled_from("abcde"), st.one_of(st.none(), st.sampled_from(SCALE)), min_size=1))
def test_the_lowest_is_held_down_and_never_above_the_median(levels: dict[str, str | None]) -> None:
    low, middle = rubric_level(SCALE, levels), rubric_level(SCALE, levels, rule="median")
    rated = {criterion: level for criterion, level in levels.items() if level is not None}
    assert set(low.unrated) == levels.keys() - rated.keys()
    assert {levels[criterion] for criterion in low.limiting} == ({low.level} if rated else set())
    if rated:
        assert low.level is not None
        assert middle.level is not None
        assert low.level <= middle.level <= max(rated.values())
        raised = {criterion: "4" if criterion in low.limiting else level for criterion, level in levels.items()}
        assert low.level == "4" or str(rubric_level(SCALE, raised).level) > low.level
    else:
        assert low.level is None


@given(st.sampled_from(SCALE), st.integers(0, 5), st.integers(0, 5))
def test_certainty_stays_on_its_scale_and_doubts_never_raise_it(start: str, downgrades: int, upgrades: int) -> None:
    level = certainty(start, SCALE, downgrades=downgrades, upgrades=upgrades).level
    assert level in SCALE
    assert certainty(start, SCALE, downgrades=downgrades + 1, upgrades=upgrades).level <= level


# Shares

PLAYERS: tuple[str, ...] = ("p", "q", "r", "t")


@st.composite
def games(draw: DrawFn) -> dict[frozenset[str], float]:
    return {
        frozenset(player for number, player in enumerate(PLAYERS) if mask >> number & 1): draw(st.integers(-20, 20)) / 4
        for mask in range(1 << len(PLAYERS))
    }


def averaged(values: dict[frozenset[str], float], player: str, orders: list[tuple[str, ...]]) -> tuple[float, float, float]:
    gains = []
    for order in orders:
        before = frozenset(order[: order.index(player)])
        gains.append(values[before | {player}] - values[before])
    return math.fsum(gains) / len(gains), min(gains), max(gains)


@given(games())
def test_shapley_is_the_mean_over_orders_and_divides_everything(values: dict[frozenset[str], float]) -> None:
    shares = shapley_table(PLAYERS, values)
    assert math.fsum(shares.values()) == pytest.approx(values[frozenset(PLAYERS)] - values[frozenset()], abs=1e-9)
    orders = list(permutations(PLAYERS))
    for player in PLAYERS:
        mean, low, high = averaged(values, player, orders)
        assert shares[player] == pytest.approx(mean, abs=1e-9)
        assert low - 1e-9 <= shares[player] <= high + 1e-9


@given(games(), st.lists(st.sampled_from([("p", "q"), ("q", "r"), ("p", "t"), ("t", "r")]), unique=True))
def test_asymmetric_shares_are_the_mean_over_the_orders_that_are_allowed(
    values: dict[frozenset[str], float], pairs: list[tuple[str, str]]
) -> None:
    allowed = [order for order in permutations(PLAYERS) if all(order.index(one) < order.index(other) for one, other in pairs)]
    shares = shapley_table(PLAYERS, values, order=pairs)
    for player in PLAYERS:
        assert shares[player] == pytest.approx(averaged(values, player, allowed)[0], abs=1e-9)


@given(games())
def test_players_who_are_alike_share_alike_and_who_adds_nothing_gets_nothing(values: dict[frozenset[str], float]) -> None:
    alike = {group: values[frozenset("q" if player == "p" and "q" not in group else player for player in group)] for group in values}
    shares = shapley_table(PLAYERS, alike)
    assert shares["p"] == pytest.approx(shares["q"], abs=1e-9)
    without = {group: values[group - {"t"}] for group in values}
    assert shapley_table(PLAYERS, without)["t"] == 0


JUDGED = {"by": "a law", "on": "2024-01-01", "why": "drawn"}


@st.composite
def small_theories(draw: DrawFn) -> TheoryOfChange:
    """Three activities, two nodes between, one goal; strengths drawn; sometimes a package."""

    def chance() -> dict[str, object]:
        value = draw(st.integers(0, 10)) / 10
        return {"low": value, "high": value, **JUDGED}

    theory = TheoryOfChange.build("law")
    for activity in ("a1", "a2", "a3"):
        theory.activity(activity, activity, delivery=chance())
    for node in ("m1", "m2", "goal"):
        theory.outcome(node, node)
    pairs = [(activity, node) for activity in ("a1", "a2", "a3") for node in ("m1", "m2", "goal")] + [("m1", "goal"), ("m2", "goal")]
    supported = [("a1", "m1"), ("a2", "m2"), ("m1", "goal")]  # what nothing leads to could be anything, and shares are refused
    drawn = draw(st.lists(st.sampled_from([pair for pair in pairs if pair not in supported]), unique=True))
    links = [theory.link(one, other, strength=chance()) for one, other in (*supported, *drawn)]
    into = [link for link in links if link.endswith("->goal")]
    if len(into) > 1 and draw(st.booleans()):
        theory.package("both", "goal", links=into, at_least=draw(st.integers(1, len(into))))
    return theory.done()


@settings(max_examples=40)
@given(small_theories())
def test_model_shares_divide_the_plausibility_and_lie_in_their_range(model: TheoryOfChange) -> None:
    table = model_shares(model, "goal", ["a1", "a2", "a3"])
    assert math.fsum(row.share for row in table) == pytest.approx(table.totals[Ends.POINT], abs=1e-9)
    for row in table:
        assert row.marginal_low - 1e-9 <= row.share <= row.marginal_high + 1e-9
        for edge in (row.alone, row.last_in):
            assert row.marginal_low - 1e-9 <= edge <= row.marginal_high + 1e-9
        assert row.marginal_low >= -1e-9  # more that holds never reaches less
