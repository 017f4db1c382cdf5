"""Four questions about an activity's part in a change, with four answers that are never one number.

Which sources tell a story from the activity to the change (`traced_share`); which recorded cases are linked to it
(`recorded_share`); what the model would lose without it (`model_shares`, in `tocmodel.contribution.judged.shapley`); and whether it is
needed at all (`need`). None of them says which part of a change an activity brought about.
"""

from collections.abc import Collection, Iterable
from fractions import Fraction

from attrs import frozen

from tocmodel.contribution.claims.claims import Claims
from tocmodel.contribution.claims.robustness import robustness
from tocmodel.contribution.judged.packages import Role, responsibility, roles
from tocmodel.contribution.judged.plausibility import title
from tocmodel.errors import UnknownIdError
from tocmodel.figures import Figure, Interval, linked_share
from tocmodel.figures.display import percent, shown
from tocmodel.model import TheoryOfChange


@frozen
class TracedShare:
    """How many of the sources that speak of a change tell a story that leads to it from an activity.

    Attributes:
        from_: the factors that the story starts from.
        to: the factors that it leads to.
        telling: the sources that tell the whole way.
        mentioning: the sources that mention the end at all.
    """

    from_: tuple[str, ...]
    to: tuple[str, ...]
    telling: tuple[str, ...]
    mentioning: tuple[str, ...]

    def sentence(self) -> str:
        """The share as counts: sources are too few, and chosen otherwise, for a percentage."""
        start, end = (" or ".join(f"“{factor}”" for factor in factors) for factors in (self.from_, self.to))
        tell = "tells" if len(self.telling) == 1 else "tell"
        return f"{len(self.telling)} of {len(self.mentioning)} sources that mention {end} {tell} a story that leads to it from {start}."


def traced_share(claims: Claims, from_: str | Iterable[str], to: str | Iterable[str]) -> TracedShare:
    """How many of the sources that mention a change tell, each by itself, a whole story from an activity to it.

    Args:
        claims: the claims.
        from_: the factor for the activity, or several.
        to: the factor for the change, or several.

    Raises:
        UnknownIdError: if nobody mentions one of the factors.

    Example:
        >>> from tocmodel.contribution.claims.claims import Claim
        >>> told = Claims([Claim("Clubs", "Reading", "s1"), Claim("Library", "Reading", "s2")])
        >>> print(traced_share(told, "Clubs", "Reading").sentence())
        1 of 2 sources that mention “Reading” tells a story that leads to it from “Clubs”.
    """
    found = robustness(claims, from_, to)
    mentioning = dict.fromkeys(claim.source for claim in claims if claim.cause in found.to or claim.effect in found.to)
    return TracedShare(found.from_, found.to, found.threads, tuple(mentioning))


@frozen
class RecordedShare:
    """Which share of recorded cases is linked to an activity, as bounds.

    Attributes:
        linked: the cases recorded as linked to it.
        recorded: all recorded cases.
        share: the share; an end is None where nothing bounds it, and the whole is None where a figure is missing.
    """

    linked: Figure
    recorded: Figure
    share: Interval | None

    def sentence(self, cases: str = "recorded cases", to: str = "the activity") -> str:
        """The share in words, counts first.

        Args:
            cases: what is counted.
            to: what they are linked to.
        """
        if self.share is None:
            return f"How many {cases} are linked to {to} is not known: a figure is missing."
        known = "" if self.share.low is None and self.share.high is None else f" ({percent(self.share)})"
        return f"{shown(self.linked)} of {shown(self.recorded)} {cases}{known} are recorded as linked to {to}; what was not recorded is not known."


def recorded_share(linked: Figure, recorded: Figure) -> RecordedShare:
    """Which share of recorded cases is linked to an activity; a lower bound of all cases gives an upper bound of the share only.

    Args:
        linked: the cases recorded as linked to it.
        recorded: all recorded cases.

    Example:
        >>> print(recorded_share(Figure.read("620"), Figure.read("over 1550")).sentence("loans", "the clubs"))
        620 of over 1550 loans (at most 40 %) are recorded as linked to the clubs; what was not recorded is not known.
    """
    if linked.bounds is None or recorded.bounds is None:
        return RecordedShare(linked, recorded, None)
    return RecordedShare(linked, recorded, linked_share(linked.bounds, recorded.bounds))


@frozen
class Need:
    """Whether a node could be reached without an activity, driver or assumption, if every link holds.

    Attributes:
        element: its id.
        title: its title.
        to: the id of the node.
        to_title: the title of the node.
        role: necessary, contributor, redundant, or none.
        responsibility: 1 / (1 + k), with k the fewest others that would have to be absent before it decides; 0 if it never does.
        present: ids of what was taken to be there.
    """

    element: str
    title: str
    to: str
    to_title: str
    role: Role
    responsibility: Fraction
    present: tuple[str, ...]

    def sentence(self) -> str:
        """The need in words."""
        part = {
            Role.NECESSARY: "is necessary: no set that suffices does without it",
            Role.CONTRIBUTOR: "contributes: it belongs to some sets that suffice, and others do without it",
            Role.REDUNDANT: "is redundant: a pathway leads from it, but no set that suffices needs it",
            Role.NONE: "has no part: no pathway leads from it",
        }[self.role]
        if self.responsibility == 0:
            decides = "Taking it away never decides"
        elif self.responsibility == 1:
            decides = "Taking it away alone decides"
        else:
            others = self.responsibility.denominator - 1
            decides = f"{others} other{'' if others == 1 else 's'} would have to be absent before it decides"
        return f"For “{self.to_title}”, “{self.title}” {part} (in this model, if every link holds). {decides}."


def need(model: TheoryOfChange, element: str, to: str, *, present: Collection[str] | None = None) -> Need:
    """Whether a node could be reached without an activity, driver or assumption, in the model and if every link holds.

    Args:
        model: the model.
        element: the id of the activity, driver or assumption.
        to: the id of the node.
        present: ids of what was there; everything that has a say where left out.

    Raises:
        UnknownIdError: if there is no such node, or no such element that counts or is present.

    Example:
        >>> draft = TheoryOfChange.build("reading")
        >>> for id in ("club", "library"):
        ...     _ = draft.link(draft.activity(id, id), "habit")
        >>> _ = draft.outcome("habit", "Children read for pleasure")
        >>> print(need(draft.done(), "club", "habit").sentence())
        For “Children read for pleasure”, “club” contributes: it belongs to some sets that suffice, and others do without it (in this model, if every link holds). 1 other would have to be absent before it decides.

    Source: Mackie (1965) on INUS conditions; Chockler and Halpern (2004) on responsibility.
    """
    parts = roles(model, to)
    if element not in parts:
        raise UnknownIdError(element, "activity, driver or assumption that counts", parts)
    there = tuple(id for id, role in parts.items() if role is not Role.NONE) if present is None else tuple(dict.fromkeys(present))
    degrees = responsibility(model, to, there)
    return Need(element, title(model, element), to, title(model, to), parts[element], degrees.get(element, Fraction(0)), there)
