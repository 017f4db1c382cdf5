"""What the author of a model allows to be published of it."""

from attrs import field, frozen

from tocmodel.errors import FieldError
from tocmodel.messages import message
from tocmodel.model.record import Text, flag, part, whole


def _threshold(value: object) -> int:
    number = whole(value)
    if number < 0:
        said = message("not the size of a group: %(number)s", number=number)
        raise FieldError(said, message("write the smallest number of people that may be shown, such as 5; 0 shows every group"))
    return number


@frozen
class Publication:
    """What may be published of a programme, and whether its reports are for the public.

    Attributes:
        public: whether reports are for the public unless a call says otherwise.
        threshold: the smallest number of people that may be shown; smaller groups are suppressed, and whatever would give them
            back. 0 shows every group.
        name_sources: whether sources are named, and those who speak in them: reporters, participants, judges, decision-makers.
            What is marked public is always named, what is marked internal or sensitive never.
        reason: why small groups are shown, where the threshold lets them through.

    Example:
        >>> Publication(public="yes", threshold="10")
        Publication(public=True, threshold=10, name_sources=False, reason=Text(entries=()))
    """

    public: bool = field(default=False, converter=flag)
    threshold: int = field(default=5, converter=_threshold)
    name_sources: bool = field(default=False, converter=flag)
    reason: Text = field(default=Text(), converter=Text.read)


to_publication = part(Publication)
"""Read a publication policy."""
