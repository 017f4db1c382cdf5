"""The English that the rules on wording know: lists of words and simple patterns, no language library.

They look at titles only, and are wrong now and then; each rule states how often in its manual.
"""

import re
from itertools import pairwise

_NUMBERING = re.compile(r"^\s*(?:(?:output|outcome|objective|result|goal|impact|R|O)?\s*\d+(?:\.\d+)*[.:)]?\s+)", flags=re.IGNORECASE)

_DOING = (
    "train|conduct|provide|distribute|organise|organize|hold|implement|deliver|construct|build|facilitate|run|carry out|produce|disseminate"
    "|procure|install|support|sensitise|sensitize|assist|establish|develop|hire|recruit|publish|print|renovate|rehabilitate|drill|dig|teach|host"
    "|undertake|survey|map|register|ban|trap|offer|visit|identify|join|record|seek"
)
_DOINGS = (
    "training|provision|distribution|construction|rehabilitation|implementation|organisation|organization|delivery|installation|establishment"
    "|production|procurement|facilitation|dissemination|conducting|providing|distributing|organising|organizing|implementing|delivering"
    "|facilitating|supporting|capacity building|workshops?|seminars?|trainings?|campaigns?"
)
_SERVED = r"\b(?:receiv(?:e|ed|es)|attend(?:s|ed)?|participated? in|t(?:ake|ook) part in)\b.*\b(?:trainings?|workshops?|courses?|seminars?|support|assistance)\b"
ACTIVITY = re.compile(
    rf"^(?:to\s+)?(?:{_DOING})\s+(?!(?:and|or|is|are)\b)\w|^(?:{_DOINGS})\s+(?:of|on|in|for|to)\b|{_SERVED}", flags=re.IGNORECASE
)
"""A title that begins like something done, or tells of a service received: "Train teachers", "Provision of books", "Teachers received training"."""

CAUSAL = re.compile(
    r"\bthrough\b(?!\s+(?:their|its)\b)|\bby\s+(?:\w+ly\s+)?\w{2,}ing\b|\bin order to\b|\bso that\b|\blead(?:s|ing)? to\b|\bresult(?:s|ing)? in\b|\bbecause\b"
    r"|\bdue to\b|\bthanks to\b|\bas a result of\b|\bthereby\b|\bby means of\b|\bvia\b",
    flags=re.IGNORECASE,
)
"""A word that says how or why one thing follows from another."""

_BE = r"(?:is|are|was|were|be|been|being|gets?|got)"
_STATES = (
    "related|based|limited|united|interested|concerned|dedicated|advanced|involved|needed|detailed|displaced|disabled|married|separated|exploited"
    "|skilled|gifted|aged|need|seed|feed|speed|indeed|exceed|proceed|succeed|embed|shed|led|red|bed|gendered|unaccompanied|unrestricted|affected"
    "|increased|decreased|improved|benefited|benefitted|participated|associated|threatened|endangered"
)
_IRREGULAR = "built|held|met|taught|known|given|made|kept|brought|sold|bought|found|set|put|led|heard|seen|done|grown|written|spent|paid|lent|dug|taken|shown|passed"
_PARTICIPLE = rf"(?!(?:{_STATES})\b|managed\s+to\b)(?:\w{{3,}}ed|{_IRREGULAR})"
PASSIVE = re.compile(
    rf"\b{_BE}\s+(?:\w+ly\s+)?{_PARTICIPLE}\b"
    rf"|(?<=\w)\s(?:\w+ly\s+)?{_PARTICIPLE}(?=\s+(?:in|on|to|for|with|from|at|and|or|among|within|per|into|under)\b|\s*[,.;(/&]|\s*$)",
    flags=re.IGNORECASE,
)
"""A passive: "teachers are trained", "teachers trained in"."""
_HAS_SUBJECT = re.compile(r"\b(?:who|that|which|have|has|had)\b", flags=re.IGNORECASE)
_AGENT = re.compile(r"\bby\s+(?!(?:\d|\w+ing\b))\w", flags=re.IGNORECASE)

_VERBS = (
    "prove|reach|pick|meet|finish|know|learn|understand|adopt|apply|use|change|claim|report|engage|protect|respond|attend|participate|access|receive|have|has|take|make|give"
    "|get|keep|pass|enforce|enact|comply|want|serve|stop|begin|start|come|go|act|allow|enable|support|lead|help|increase|decrease|improve|reduce"
    "|strengthen|enhance|rise|fall|grow|end|stay|become|remain|live|work|earn|read|write|speak|feel|see|show|provide|seize|achieve|explore|reflect"
    "|prioriti[sz]e|integrate|invest|generate|boost|bring|adapt|prevent|recogni[sz]e|share|benefit|join|manage|plan|measure|own|respect|influence"
    "|is|are|was|were|can|will|do|does|eliminate|eradicate|preserve|restore|sustain|promote|contribute|ensure|advance|convict|develop|build"
    "|organi[sz]e|pay|buy|sell|send|teach|enroll?|complete|consult|decide|discuss|elect|choose|defend|repair|maintain|follow|seek|negotiate|refer|hire"
)
_ALSO_NOUNS = (
    "fund|finance|budget|review|monitor|host|staff|audit|vote|trust|value|visit|run|practi[sc]e|demand|question|study|sign|watch|cook|farm"
    "|plant|welcome|address|trade|sponsor|guide|coach|mentor|record|test|treat|look|talk|answer|check|hold|set|pool|design|book"
)
_PEOPLE = r"(?:[\w-]+s|people|men|women|children|youth|police|staff)"
_ACTS = re.compile(
    rf"^(?:[\w'’-]+\s+){{0,4}}{_PEOPLE}\s+(?:\w+ly\s+)?(?:{_ALSO_NOUNS})\s+(?!and\b|of\b)\w"
    rf"|^(?:the|each|every)\s+(?:[\w'’-]+\s+){{1,3}}(?:\w+ly\s+)?(?:{_ALSO_NOUNS})s\s+(?!and\b|of\b|for\b|in\b)\w",
    flags=re.IGNORECASE,
)
"""Somebody who acts, with a verb that may also be a noun: "Districts fund literacy groups", but not "Literacy fund" or "District funds"."""
_CHANGES = (
    "more|less|fewer|better|higher|lower|greater|stronger|safer|healthier|healthy|improved|improvement|increased?|increasing|reduced?|reduction|decline"
    "|growth|end|elimination|eradication|strengthened|enhanced|sustained|expanded|prevention|recovery|restored|no|zero|free|absence|equal|universal|aware|able|capable|supportive|skilled|understood"
)
_CHANGE = re.compile(rf"\b(?:(?:{_VERBS})(?:s|es|d|ed|ing)?|{_CHANGES}|\w{{3,}}ed|\w{{3,}}ing|{_IRREGULAR})\b", flags=re.IGNORECASE)
_FINITE = (
    "know|knows|learn|learns|understand|understands|adopt|adopts|applies|engage|engages|protect|protects|respond|responds|attend|attends|participate"
    "|participates|receive|receives|have|has|take|takes|make|makes|give|gives|get|gets|keep|keeps|enforce|enforces|enact|enacts|comply|complies"
    "|want|wants|begin|begins|come|comes|allow|allows|enable|enables|improve|improves|become|becomes|remain|remains|provide|provides|achieve"
    "|achieves|integrate|integrates|generate|generates|prevent|prevents|recognise|recognises|recognize|recognizes|is|are|was|were|can|will|do|does"
)
_STATEMENT = re.compile(
    rf"(?P<before>\w+)\W+(?:\w+ly\s+)?(?:(?:{_FINITE})\b|{_PARTICIPLE}(?=\s+(?:in|on|to|for|with|from|at|or|among|within|per|into|by|as)\b|\s*[,.;(/&]|\s*$))",
    flags=re.IGNORECASE,
)
_NO_SUBJECT = re.compile(
    r"^(?:of|the|an?|and|or|for|to|with|in|on|by|not|are|is|was|were|be|been|being|can|will|\w+ly)$", flags=re.IGNORECASE
)
_AND = re.compile(r"\s*;\s+|\s+(?:and|&|as well as|while)\s+", flags=re.IGNORECASE)
_BETTER = re.compile(
    r"^(?:improved|increased|reduced|strengthened|enhanced|better|more|less|fewer|higher|lower|greater)\b", flags=re.IGNORECASE
)
_SUBORDINATE = re.compile(r"\b(?:who|that|which|where|when|whose|to|how|what)\b", flags=re.IGNORECASE)

SHARE = re.compile(
    r"^\W*(?:\d[\d.,]*\s*)?(?:%|percent\b|per cent\b|percentage\b|proportion of\b|share of\b)|\((?:%|percent|percentage)\)\s*$",
    flags=re.IGNORECASE,
)
"""A title that says it is a percentage."""
_DELIVERED = (
    "trained|distributed|held|conducted|organi[sz]ed|constructed|built|rehabilitated|produced|published|provided|delivered|installed|drilled|printed"
    "|trainings?|workshops?|sessions?|campaigns?|meetings?|radio spots?|materials|brochures|seminars"
)
DELIVERY = re.compile(rf"\b(?:number|no\.?|#|nr\.?)\s*(?:of)?\b.*\b(?:{_DELIVERED})\b|^#.*\b(?:{_DELIVERED})\b", flags=re.IGNORECASE)
"""A title that counts what was delivered."""
_THEN = re.compile(
    r"\b(?:who|that|which|able|demonstrat\w+|appl(?:y|ies|ied|ying)|us(?:e|ed|ing)|report(?:ed|ing)?|adopt\w*|improv\w+|increas\w+|chang\w+|complet\w+|resolv\w+|influenc\w+)\b",
    flags=re.IGNORECASE,
)


def bare(title: str) -> str:
    """A title without its number.

    Example:
        >>> bare("R1.2 Child Protection services are strengthened")
        'Child Protection services are strengthened'
    """
    return _NUMBERING.sub("", title)


def passive_without_agent(title: str) -> bool:
    """Whether a title is in the passive and does not say by whom.

    Example:
        >>> passive_without_agent("Awareness is raised"), passive_without_agent("Awareness is raised by teachers")
        (True, False)
    """
    return bool(PASSIVE.search(title)) and not _AGENT.search(title) and not _HAS_SUBJECT.search(title)


def two_ideas(title: str) -> bool:
    """Whether a title holds two statements, each with a subject and a verb or a change of its own.

    Example:
        >>> two_ideas("Awareness is raised and teachers trained"), two_ideas("Girls and boys read fluently")
        (True, False)
    """
    parts = [part.strip() for part in _AND.split(_SUBORDINATE.split(bare(title))[0]) if part.strip()]
    for first, second in pairwise(parts):
        if _BETTER.match(first) and _BETTER.match(second):
            return True
        if _states(first) and _states(second) and not _BETTER.match(second):
            return True
    return False


def _states(part: str) -> bool:
    """Whether a part of a title has a subject with a verb."""
    return any(not _NO_SUBJECT.match(found["before"]) for found in _STATEMENT.finditer(part))


def names_change(title: str) -> bool:
    """Whether a title says what is to change, rather than naming a theme.

    Example:
        >>> names_change("Pupils read fluently"), names_change("Districts fund reading clubs"), names_change("Basic education")
        (True, True, False)
    """
    return bool(_CHANGE.search(bare(title)) or _ACTS.search(bare(title)))


def counts_deliveries(title: str) -> bool:
    """Whether the title of an indicator counts what was delivered, and not what came of it.

    Example:
        >>> counts_deliveries("Number of teachers trained"), counts_deliveries("Number of trained teachers who apply it")
        (True, False)
    """
    return bool(DELIVERY.search(title)) and not _THEN.search(title)
