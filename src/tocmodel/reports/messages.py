"""The message files: what the report says, gathered from its code for translators (``make messages``)."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel.messages import Catalog

_PACKAGE = Path(__file__).parent.parent
LOCALE = Path(__file__).parent / "locale"
"""Where the message files are."""
TEMPLATE = LOCALE / "tocmodel.pot"
"""Every message, not translated: what a translator starts from."""

_KEYWORDS = {
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "said": None,
}
_PLACES = [
    ("figures/display.py", "python"),
    ("reports/**/*.py", "python"),
    ("reports/templates/*.j2", "jinja2"),
]
_OPTIONS = {"newstyle_gettext": "true", "trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}
_WIDTH = 120
_HEADER = "# Messages of tocmodel's reports. docs/how-to/report-in-another-language.md tells how to translate them.\n#"
_LEFT_OUT = (b"-Date: ", b'"Generated-By: ', b"@")  # lines of the header that change with everything, or say nothing


def extracted() -> "Catalog":
    """Every message that the report can say, with the places where it says it.

    Comments that begin with ``Translators:`` above a message go with it.
    """
    from babel.messages import Catalog
    from babel.messages.extract import extract_from_file

    catalogue = Catalog(project="tocmodel", header_comment=_HEADER, fuzzy=False, charset="utf-8")
    for pattern, method in _PLACES:
        for file in sorted(_PACKAGE.glob(pattern)):
            place = file.relative_to(_PACKAGE).as_posix()
            found = extract_from_file(method, file, _KEYWORDS, ["Translators:"], _OPTIONS, strip_comment_tags=True)
            for _, text, comments, context in found:
                catalogue.add(text, locations=[(place, 0)], auto_comments=comments, context=context)
    return catalogue


def written(catalogue: "Catalog") -> bytes:
    """A message file: the same bytes for the same messages, without line numbers and dates, which change with everything."""
    from io import BytesIO

    from babel.messages.pofile import write_po

    file = BytesIO()
    write_po(file, catalogue, width=_WIDTH, include_lineno=False, omit_header=False, ignore_obsolete=True)
    header, blank, messages = file.getvalue().partition(b"\n\n")
    kept = [line for line in header.splitlines(keepends=True) if not any(part in line for part in _LEFT_OUT)]
    return b"".join([*kept, blank, messages])


def main() -> None:
    """Write the template anew, and bring the message file of each language up to it; what is new there waits for a translator."""
    from babel.messages.pofile import read_po

    catalogue = extracted()
    TEMPLATE.write_bytes(written(catalogue))
    for file in sorted(LOCALE.glob("*/LC_MESSAGES/tocmodel.po")):
        with file.open("rb") as lines:
            translated = read_po(lines, locale=file.parent.parent.name)
        translated.update(catalogue)
        file.write_bytes(written(translated))


if __name__ == "__main__":
    main()
