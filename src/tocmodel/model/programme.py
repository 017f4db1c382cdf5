"""The programme that a theory of change belongs to."""

from datetime import date
from typing import ClassVar

from attrs import field, frozen

from tocmodel.model.publication import Publication, to_publication
from tocmodel.model.record import Text, Titled, ids, many, optional_day, optional_period, part
from tocmodel.model.review import CheckSettings, settings_of
from tocmodel.periods import Period
from tocmodel.units import to_unit


def _currency(value: object) -> str | None:
    return None if value is None else to_unit(str(value))


@frozen
class RelatedProgramme:
    """Another programme that this one belongs to or works beside.

    Attributes:
        ref: how the other is known, such as its IATI identifier.
        relation: parent, child, sibling, co-funded or third party.
    """

    ref: str = field(converter=str)
    relation: str = field(default="", converter=str)


@frozen(kw_only=True)
class Programme(Titled):
    """A programme or project.

    Attributes:
        period: from its first to its last day.
        place: where it works, in words.
        partners: the actors who carry it.
        currency: ISO code of its money.
        language: the language of texts without one.
        as_of: the date as of which results are judged, unless a call says otherwise.
        notice: what has to stand on everything shown of it.
        checks: which rules are asked of it, and which findings were accepted; None for all rules.
        publication: what may be published of it, and whether its reports are for the public.
        related: other programmes that it belongs to or works beside.
    """

    section: ClassVar[str] = "programme"

    period: Period | None = field(default=None, converter=optional_period)
    place: str = field(default="", converter=str)
    partners: tuple[str, ...] = field(default=(), converter=ids)
    currency: str | None = field(default=None, converter=_currency)
    language: str = field(default="en", converter=str)
    as_of: date | None = field(default=None, converter=optional_day)
    notice: Text = field(default=Text(), converter=Text.read)
    checks: CheckSettings | None = field(default=None, converter=settings_of)
    publication: Publication = field(default=Publication(), converter=to_publication)
    related: tuple[RelatedProgramme, ...] = field(default=(), converter=many(part(RelatedProgramme, shorthand="ref")))

    @property
    def notices(self) -> tuple[str, ...]:
        """The notice as the lines that stand below whatever is shown: one, or none."""
        return (str(self.notice),) if self.notice else ()
