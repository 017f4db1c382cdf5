"""Contribution stories in the reader's language."""

from datetime import date

from tocmodel.measurement import AchievementTable
from tocmodel.model import TheoryOfChange
from tocmodel.reports.language import Folder, Language, find_language
from tocmodel.reports.naming import speaking_of
from tocmodel.stories import Story, StoryPolicy, Words, story
from tocmodel.stories.wording import ENGLISH


def tell(
    model: TheoryOfChange,
    activity: str,
    objective: str,
    *,
    as_of: date | str | None = None,
    policy: StoryPolicy | None = None,
    table: AchievementTable | None = None,
    lang: str = "en",
    catalogues: Folder | None = None,
) -> Story:
    """Tell a contribution story in the reader's language, with the model's titles in it where the model has them.

    Arguments and errors are those of `tocmodel.story`, and beside them:

    Args:
        model: the model.
        activity: the id of an activity or input.
        objective: the id of an objective or of another result.
        as_of: the date as of which figures are judged.
        policy: the thresholds.
        table: the model's achievement where it is already computed.
        lang: the language: ``en``, ``es``, ``fr``, or one of the catalogues; where not all that stories say is translated, the
            story is told in English.
        catalogues: a folder with message files of your own for other languages.

    Raises:
        UnknownLanguageError: if there are no messages in the language; the message lists those that there are.
        UnreadableCatalogueError: if its message file cannot be read.
        MissingExtraError: if another language than English is asked for and babel is not installed.

    Example:
        >>> draft = TheoryOfChange.build("reading", {"en": "Reading clubs", "es": "Clubes de lectura"})
        >>> clubs = draft.activity("clubs", {"en": "Clubs meet", "es": "Los clubes se reúnen"}, basis="stated")
        >>> read = draft.objective("read", {"en": "Children read", "es": "Los niños leen"})
        >>> _ = draft.link(clubs, read)
        >>> print(tell(draft.done(), clubs, read, lang="es").title)
        Historia de contribución: de «Los clubes se reúnen» a «Los niños leen»
    """
    words = ENGLISH if lang == ENGLISH.code and catalogues is None else telling(model, find_language(lang, catalogues=catalogues))
    return story(model, activity, objective, as_of=as_of, policy=policy, table=table, words=words)


def telling(model: TheoryOfChange, language: Language) -> Words:
    """The language in which the stories of a model are told: this one if all that they say is translated, otherwise English."""
    return speaking_of(model, language) if language.tells and not language.english else ENGLISH
