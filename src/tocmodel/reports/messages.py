"""The message files: what the report says, gathered from its code for translators (``make messages``)."""

import sys
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from tocmodel.checks.catalogue import RULES
from tocmodel.messages import Message

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
    "message": None,
    "messages": (1, 2),
    "title": None,
    "said": None,
}
_PLACES = [
    ("errors.py", "python"),
    *((f"{folder}/**/*.py", "python") for folder in ("cli", "figures", "reports")),
    ("reports/templates/**/*.j2", "jinja2"),
    *((f"{folder}/**/*.py", "python") for folder in ("versions", "stories", "contribution", "measurement", "checks", "model", "formats")),
    *((f"{name}.py", "python") for name in ("messages", "periods", "slices", "units", "words")),
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
    for rule in RULES:
        place = f"checks/{rule.code}"
        for text in (rule.words, rule.hint):
            catalogue.add(Message(text).text, locations=[(place, 0)])
    return catalogue


def written(catalogue: "Catalog") -> bytes:
    """A message file: the same bytes for the same messages, without line numbers and dates, which change with everything."""
    from babel.messages.pofile import write_po

    file = BytesIO()
    write_po(file, catalogue, width=_WIDTH, include_lineno=False, omit_header=False, ignore_obsolete=True)
    header, blank, messages = file.getvalue().partition(b"\n\n")
    kept = [line for line in header.splitlines(keepends=True) if not any(part in line for part in _LEFT_OUT)]
    return b"".join(kept).rstrip() + blank + messages


def main(arguments: Sequence[str] = ()) -> None:
    """Bring message files up to what the report says; what is new there waits for a translator.

    With a language and a folder, this is the file of that language there, which is begun where there is none. Without, it is
    the template and the files of this package.
    """
    messages = extracted()
    if len(arguments) not in (0, 2):
        sys.exit("usage: python -m tocmodel.reports.messages [LANGUAGE FOLDER]")
    if arguments:
        language, folder = arguments
        _bring_up(Path(folder) / language.replace("-", "_") / "LC_MESSAGES" / "tocmodel.po", messages)
        return
    TEMPLATE.write_bytes(written(messages))
    for file in sorted(LOCALE.glob("*/LC_MESSAGES/tocmodel.po")):
        _bring_up(file, messages)


def _bring_up(file: Path, messages: "Catalog") -> None:
    from babel.messages import Catalog
    from babel.messages.pofile import read_po

    language = file.parent.parent.name
    if file.exists():
        with file.open("rb") as lines:
            translated = read_po(lines, locale=language)
    else:
        file.parent.mkdir(parents=True, exist_ok=True)
        translated = Catalog(language, project="tocmodel", header_comment=_HEADER, fuzzy=False, charset="utf-8")
    translated.update(messages)
    file.write_bytes(written(translated))


if __name__ == "__main__":
    main(sys.argv[1:])
