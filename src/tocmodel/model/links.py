"""Causal steps between nodes, and the packages of steps that work only together."""

from typing import ClassVar

from attrs import Factory, field, frozen

from tocmodel.errors import FieldError
from tocmodel.messages import message
from tocmodel.model.record import Judgement, Record, Text, choice, flag, ids, judged, optional_whole, to_id
from tocmodel.words import Word


class Sign(Word):
    """Whether a link helps its target or hinders it."""

    HELPS = "helps"
    HINDERS = "hinders"


@frozen(kw_only=True)
class Link(Record):
    """One causal step. Strength, confidence and volume (how many sources speak of it) are three things, never one.

    Attributes:
        from_: the id of the node it starts from (``from`` in files).
        to: the id of the node it leads to.
        id: ``from->to`` unless given; parallel links between two nodes need ids of their own.
        rationale: why the step should follow.
        assumptions: ids of the assumptions that it needs.
        risks: ids of the risks that threaten it.
        sign: whether it helps or hinders.
        strength: how likely the step follows if its source happens, as judged; None where nobody judged.
        confidence: how sure we are that the step worked at all, as judged.
        feedback: whether the author means it to close a loop.
    """

    section: ClassVar[str] = "links"

    from_: str = field(converter=to_id)
    to: str = field(converter=to_id)
    id: str = field(default=Factory(lambda self: f"{self.from_}->{self.to}", takes_self=True), converter=to_id)
    rationale: Text = field(default=Text(), converter=Text.read)
    assumptions: tuple[str, ...] = field(default=(), converter=ids)
    risks: tuple[str, ...] = field(default=(), converter=ids)
    sign: Sign = field(default=Sign.HELPS, converter=choice(Sign))
    strength: Judgement | None = field(default=None, converter=judged)
    confidence: Judgement | None = field(default=None, converter=judged)
    feedback: bool = field(default=False, converter=flag)

    def __attrs_post_init__(self) -> None:
        if self.from_ == self.to:
            said = message("a link from %(id)s to itself", id=repr(self.from_))
            raise FieldError(said, message("a loop needs at least two nodes"), ("from", "to"))


@frozen(kw_only=True)
class CausalPackage(Record):
    """Links into one node that work only together: all of them, or at least some.

    Attributes:
        node: the id of the node that the package reaches when it is complete.
        links: ids of the links it needs, all into that node.
        assumptions: ids of further assumptions it needs.
        at_least: how many of its links and assumptions suffice; None for all.
    """

    section: ClassVar[str] = "packages"

    node: str = field(converter=to_id)
    links: tuple[str, ...] = field(default=(), converter=ids)
    assumptions: tuple[str, ...] = field(default=(), converter=ids)
    at_least: int | None = field(default=None, converter=optional_whole)

    def __attrs_post_init__(self) -> None:
        size = len(self.links) + len(self.assumptions)
        if size == 0:
            said = message("a package of nothing")
            raise FieldError(said, message("name the links that work only together"), ("links", "assumptions"))
        if self.at_least is not None and not 1 <= self.at_least <= size:
            said = message("at least %(at_least)s of %(size)s is not possible", at_least=self.at_least, size=size)
            raise FieldError(
                said, message("write a number from 1 to %(size)s, or leave it out for all", size=size), ("at_least", "links", "assumptions")
            )
