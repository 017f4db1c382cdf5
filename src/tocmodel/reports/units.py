"""What is counted, with its number: "1 case", "13 cases", in the forms that a language has for it."""

from tocmodel.figures import Figure
from tocmodel.reports.language import Language


def counted(language: Language, figure: Figure, unit: str | None) -> str:
    """A figure with its unit; a figure that is missing, or has no unit, alone.

    Example:
        >>> from tocmodel.reports.language import find_language
        >>> counted(find_language("es"), Figure.read("over 1550"), "person")
        'más de 1.550 personas'
    """
    said = language.figure(figure)
    if figure.bounds is None or not unit or said.endswith(language.label(unit)):
        return said
    value, ngettext = figure.value, language.ngettext
    whole = value is None or value == value.to_integral_value()
    n = 2 if value is None else int(value) if whole else 0 if value < 2 else 2  # 0.62 takes the form of 0
    forms = {
        "person": ngettext("%(figure)s person", "%(figure)s persons", n, figure=said),
        "household": ngettext("%(figure)s household", "%(figure)s households", n, figure=said),
        "family": ngettext("%(figure)s family", "%(figure)s families", n, figure=said),
        "group": ngettext("%(figure)s group", "%(figure)s groups", n, figure=said),
        "club": ngettext("%(figure)s club", "%(figure)s clubs", n, figure=said),
        "school": ngettext("%(figure)s school", "%(figure)s schools", n, figure=said),
        "organisation": ngettext("%(figure)s organisation", "%(figure)s organisations", n, figure=said),
        "facility": ngettext("%(figure)s facility", "%(figure)s facilities", n, figure=said),
        "community": ngettext("%(figure)s community", "%(figure)s communities", n, figure=said),
        "case": ngettext("%(figure)s case", "%(figure)s cases", n, figure=said),
        "report": ngettext("%(figure)s report", "%(figure)s reports", n, figure=said),
        "event": ngettext("%(figure)s event", "%(figure)s events", n, figure=said),
        "session": ngettext("%(figure)s session", "%(figure)s sessions", n, figure=said),
        "visit": ngettext("%(figure)s visit", "%(figure)s visits", n, figure=said),
        "day_of_training": ngettext("%(figure)s day of training", "%(figure)s days of training", n, figure=said),
    }
    return forms.get(unit) or f"{said} {language.label(unit)}"
