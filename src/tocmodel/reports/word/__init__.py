"""Word documents: the logframe, the achievement, the indicator sheets and the contribution story, in an organisation's own template."""

from tocmodel.reports.word.writing import write_story, write_word

__all__ = ["write_story", "write_word"]
