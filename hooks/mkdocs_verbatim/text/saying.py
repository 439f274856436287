"""Saying: whether the text beside some words tells that somebody says them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache

from .boundaries import UNSPACED
from .language_tags import DEFAULT, primary
from .saying_words import PHRASES, THAT, VERBS

NEAR = 160
"""Code points beside some words that are read."""
SENTENCE = re.compile(
    r"(?<![A-Z])(?<!\b[A-Z][a-z])(?<!\bMrs|\bSen|\bGen|\bRep)[.!?…]\s+|[\0\n]{2,}|\0|[。！？]"
)
NAME = r"(?:[^\W\d_a-z][\w’'.-]*|of|the|van|von|der|de|la|al|bin|ibn|du|di|da)"
COLON = r"[:：]"
SPACE = r"[\s\u3000]"
NOUN_BEFORE = re.compile(
    r"(?:\b(?:an?|the|this|that|these|those|his|her|their|its|our|my|your|no|any|some|two|three|"
    r"several|many|of|in|recent|first|second|official|media|press|\d+)|[’']s|s[’'])\s+$",
    re.IGNORECASE,
)
"""What is before a plural such as *reports* or *claims*, which is then no verb."""
PRONOUNS = r"(?:he|she|they|it|who|er|sie|il|elle|ils|elles|él|ella|hij|zij|lui|lei|han|hon)"
MOST_NAMED = 6
"""Words of a name, with what somebody is, after *according to*."""


class Saying:
    """Finds verbs and phrases of saying beside words, in the page's *language* and in English.

    *own* are verbs that a site adds, by language.
    """

    def __init__(
        self, language: str = DEFAULT, own: Mapping[str, Iterable[str]] | None = None
    ) -> None:
        """Take the lists of *language*, a tag such as `de-AT`."""
        self.language = primary(language)
        tongues = dict.fromkeys((self.language, DEFAULT))
        added = [word for words in (own or {}).values() for word in words]
        self._verbs = [*added, *(verb for tongue in tongues for verb in VERBS.get(tongue, ()))]
        self._phrases = [phrase for tongue in tongues for phrase in PHRASES.get(tongue, ())]
        self._that = [word for tongue in tongues for word in THAT.get(tongue, ())]

    def leads_to(self, text: str, at: int) -> bool:
        """Return whether *text* before *at* leads to somebody's words there.

        By a verb of saying (and *that*), by a colon in a sentence with one or after a name, or by
        a phrase such as *according to X*.
        """
        before = text[max(0, at - NEAR) : at].rstrip()
        sentence = SENTENCE.split(before)[-1].strip()
        if match := self._verb_at_end.search(sentence):
            return not self._is_noun(sentence[: match.start("verb")])
        if re.search(f"{COLON}$", sentence):
            clause = re.split("[;]", sentence)[-1]
            return bool(self._verb.search(clause) or self._phrase.search(clause)) or (
                NAMED.fullmatch(clause) is not None
            )
        return self._phrase_at_end.search(sentence) is not None

    def ends(self, text: str, at: int) -> bool:
        """Return whether a verb of saying, and no more than *that*, is directly before *at*."""
        before = SENTENCE.split(text[max(0, at - NEAR) : at].rstrip())[-1]
        match = self._verb_at_end.search(before)
        return match is not None and not self._is_noun(before[: match.start("verb")])

    def _is_noun(self, before: str) -> bool:
        """Return whether what looks like a verb after *before* is a noun, as in *a claim*."""
        return self.language == DEFAULT and NOUN_BEFORE.search(before) is not None

    def follows(self, text: str, at: int) -> bool:
        """Return whether a verb of saying and its subject come directly after *at*.

        The last character before *at* is the closing mark: a comma may stand on either side.
        """
        after = text[at : at + NEAR]
        comma = text[max(0, at - 3) : at - 1][-1:] in {",", "!", "?"}
        pattern = self._follows if comma else self._follows_comma
        return pattern.match(after) is not None

    def speaks(self, text: str) -> bool:
        """Return whether *text* has a verb of saying beside its subject after comma or dash."""
        return self._inquit.search(text) is not None

    @cached_property
    def _any(self) -> str:
        spaced = sorted(
            (re.escape(verb) for verb in self._verbs if not UNSPACED.match(verb)), key=len
        )
        # A novel and a legend end in the sign of saying.
        no_noun = "(?<![小传傳])"
        unspaced = [no_noun + re.escape(verb) for verb in self._verbs if UNSPACED.match(verb)]
        words = rf"(?<![\w’'-])(?:{'|'.join(reversed(spaced))})(?![\w’'-])"
        return f"(?:{'|'.join([words, *unspaced])})"

    @cached_property
    def _verb(self) -> re.Pattern[str]:
        return re.compile(self._any, re.IGNORECASE)

    @cached_property
    def _phrase(self) -> re.Pattern[str]:
        return re.compile(self._phrased, re.IGNORECASE)

    @cached_property
    def _phrased(self) -> str:
        spaced = [re.escape(p) for p in self._phrases if not UNSPACED.match(p)]
        unspaced = [re.escape(p) for p in self._phrases if UNSPACED.match(p)]
        words = rf"(?<!\w)(?:{'|'.join(spaced)})(?!\w)"
        return f"(?:{'|'.join([words, *unspaced])})"

    @cached_property
    def _verb_at_end(self) -> re.Pattern[str]:
        that = "|".join(map(re.escape, self._that))
        return re.compile(
            rf"(?P<verb>{self._any}){SPACE}*[,:：，]?{SPACE}*(?:(?:{that})(?!\w))?{SPACE}*[,:：，]?$",
            re.IGNORECASE,
        )

    @cached_property
    def _phrase_at_end(self) -> re.Pattern[str]:
        few = rf"(?:{SPACE}+[^\s,:;]+){{1,{MOST_NAMED}}}"
        return re.compile(
            rf"{self._phrased}(?:{few}|[^\s,:;，]{{1,12}})\s*[,:，：]?$"
            rf"|\b[Ii]n\s+(?i:{NAME}\s+){{0,3}}\w+[’'](?:s)?\s+(?:own\s+)?words\s*[,:]?$",
            re.IGNORECASE,
        )

    @cached_property
    def _subject_verb(self) -> str:
        subject = (
            rf"(?:(?i:{PRONOUNS})|(?:{NAME}\s+){{0,4}}{NAME}|(?i:the|a|an|der|die|das|le|la|el|il)"
            r"\s+[^\W\d_]+)"
        )
        verb = f"(?i:{self._any})"
        return (
            rf"(?:{verb}\s+(?:{subject})|{subject}\s+{verb}"
            rf"|(?<![^\W_]){verb})"
        )

    @cached_property
    def _follows_comma(self) -> re.Pattern[str]:
        verb = f"(?i:{self._any})"
        return re.compile(
            rf"\s*[,，—–-]\s*{self._subject_verb}|\s+{verb}\s+[^\W\d_a-z][\w’'-]+"
            rf"|(?:{self._unspaced})"
        )

    @cached_property
    def _follows(self) -> re.Pattern[str]:
        return re.compile(rf"\s*[,，—–-]?\s*{self._subject_verb}|(?:{self._unspaced})")

    @cached_property
    def _unspaced(self) -> str:
        words = [re.escape(verb) for verb in self._verbs if UNSPACED.match(verb)]
        return "|".join(words) or "(?!)"

    @cached_property
    def _inquit(self) -> re.Pattern[str]:
        verb = f"(?i:{self._any})"
        subject = rf"(?:-t-|-)?\s*(?:(?i:{PRONOUNS})\b|(?:{NAME}\s*){{1,4}})"
        return re.compile(rf"[,—–!?]\s*(?:{verb}{subject})")


NAMED = re.compile(rf"(?:{NAME}\s+){{0,4}}{NAME}(?:\s*\([^()]*\))?\s*{COLON}")
"""A sentence so far that is a name and a colon: *Jane Doe:*."""


@lru_cache(maxsize=16)
def saying_of(language: str) -> Saying:
    """Return what is listed of saying in *language*."""
    return Saying(language)
