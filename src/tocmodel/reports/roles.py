"""Tables that stay tables for those who hear them: on a narrow screen their parts are laid out anew, and browsers then forget what they are."""

import re

from jinja2.ext import Extension
from markupsafe import escape

_ROLES = {"table": "table", "thead": "rowgroup", "tbody": "rowgroup", "tr": "row", "td": "cell"}
_HEADERS = {"col": "columnheader", "colgroup": "columnheader", "row": "rowheader", "rowgroup": "rowheader"}
_PART = re.compile(r'<(table|thead|tbody|tr|td)\b|<th scope="(colgroup|col|rowgroup|row)"')
_INDENT = re.compile(r"^[ \t]+", re.MULTILINE)
_UNSAFE = re.compile(r'["\\<\x00-\x1f\x7f]')


class TableRoles(Extension):
    """Gives every part of a table in the templates its role, which it keeps however it is laid out, and leaves out what the templates indent."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:  # noqa: ARG002 — jinja2 asks like this
        """The template with roles.

        Example:
            >>> from jinja2 import Environment
            >>> Environment(extensions=[TableRoles], autoescape=True).from_string('<tr><th scope="row">a</th><td>1</td></tr>').render()
            '<tr role="row"><th scope="row" role="rowheader">a</th><td role="cell">1</td></tr>'
        """
        said = _INDENT.sub("", source) if name and name.endswith(".html.j2") else source
        return _PART.sub(lambda found: f'{found[0]} role="{_ROLES[found[1]] if found[1] else _HEADERS[found[2]]}"', said)


def css_string(text: object) -> str:
    r"""A text as a string in a style sheet: whatever it holds, it ends where it ends.

    Example:
        >>> print(css_string('3" of\n<rain>'))
        "3\22  of \3c rain>"
    """
    return '"' + _UNSAFE.sub(lambda found: f"\\{ord(found[0]):x} ", escape(text).striptags()) + '"'
