"""A version of a model: what stood at a date, who took part in it, and why it was changed."""

from datetime import date
from typing import ClassVar

from attrs import field, frozen

from tocmodel.model.record import Record, Text, ids
from tocmodel.periods import to_date


@frozen(kw_only=True)
class Version(Record):
    """A state of the model that somebody declared a version.

    Attributes:
        on: when it was declared.
        participants: the actors who took part in the revision.
        reason: why the model was revised.
        fingerprint: of the model's content at that time, versions left out; it shows whether anything changed since.
    """

    section: ClassVar[str] = "versions"

    on: date = field(converter=to_date)
    participants: tuple[str, ...] = field(default=(), converter=ids)
    reason: Text = field(default=Text(), converter=Text.read)
    fingerprint: str = field(default="", converter=str)
