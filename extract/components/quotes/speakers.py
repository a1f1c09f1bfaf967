"""Tell who says a quoted passage.

Looks, in this order of trust, at the sentence after the closing mark, the words before the opening
mark, the paragraph that introduces it, a signature below it, and the quotation before it.
Whom a pronoun or "the minister" means is told by `referents`.
"""

from __future__ import annotations

import re

from .referents import ADVERBS, PRONOUNS, VERBS, Attribution, Referents

#: "said,“We": a cue and an opening mark in one token.
_LEAD = re.compile(r"([a-z]+)[,:]?[“\"]")
_GLUED = re.compile(r"[”\"’»“]+([A-Za-z]+)")
MARKS = frozenset(["“", "”", '"', "„", "«", "»", "‟", "''", "``", "″", "‘", "’", "'"])
DASHES = frozenset(["–", "—", "-", "--", "―", "~"])
#: Words between a subject and its verb: "Jane Doe, chief executive of Acme and its founder, said".
MAX_APPOSITION = 32
#: Words between a verb and the opening mark: "said at the opening ceremony on Monday:".
MAX_TAIL = 14
#: Words looked at before or after a passage; a sentence may be endless.
MAX_GAP = 80
#: A signature under a quotation is a short paragraph.
MAX_SIGNATURE = 22
#: "a family member said": words of a speaker without a name, and what they begin with.
MAX_UNNAMED = 5
UNNAMED = frozenset(("a", "an", "one", "another"))
#: Titles and scare quotes between two quotations of one speaker.
MAX_TITLES = 4


class Speakers(Referents):
    """Attributes the passages of one document, in order."""

    def attribute(self, position: int) -> Attribution:
        """Return who says the passage at `position`."""
        after = self._after(position)
        before = self._before(position)
        if after and self._weak(position) and self._follows(position):
            return self._continued(position, own=False)
        ends_open = self.read.text[self.passages[position].end - 1] in ",—–"
        if (
            after
            and (ends_open or not before or after.cue)
            and not (before and self._weak(position))
        ):
            return after
        if before:
            return before
        if after:
            return after
        own = self._is_own_paragraph(position)
        found = self._introduced(position) or self._signed(position)
        if found:
            return found
        return self._continued(position, own)

    def _follows(self, position: int) -> bool:
        """A quotation comes before in the same paragraph."""
        read, previous = self.read, position - 1
        if previous not in self.accepted or self.first[position] >= len(read):
            return False
        return read.paragraph[self.last[previous] - 1] == read.paragraph[self.first[position]]

    # -- the words around a passage ------------------------------------------------------------

    def _gap_after(self, position: int) -> tuple[int, int]:
        """Return the words after the closing mark, to the end of the sentence or next passage."""
        read, start = self.read, self.last[position]
        limit = self.first[position + 1] if position + 1 < len(self.first) else len(read)
        inside = read.paragraph[self.last[position] - 1] if self.last[position] else 0
        while start < limit and read.words[start] in MARKS:
            start += 1
        if start >= limit or start >= len(read) or read.paragraph[start] != inside:
            return start, start
        end = read.sentence_end(start, min(limit, start + MAX_GAP))
        while end > start and read.words[end - 1] in MARKS:
            end -= 1
        return start, end

    def _gap_before(self, position: int) -> tuple[int, int]:
        """Return the words of the sentence before the opening mark."""
        read, end = self.read, self.first[position]
        floor = self.last[position - 1] if position else 0
        while end > floor and read.words[end - 1] in MARKS:
            end -= 1
        if (
            end <= floor
            or end == 0
            or read.paragraph[end - 1] != read.paragraph[self.first[position] - 1]
        ):
            return end, end
        if (
            self.first[position] < len(read)
            and read.paragraph[end - 1] != read.paragraph[self.first[position]]
        ):
            return end, end
        start = read.sentence_start(end - 1, max(floor, end - MAX_GAP))
        while start < end and read.words[start] in MARKS:
            start += 1
        return start, end

    def _is_own_paragraph(self, position: int) -> bool:
        """The passage begins its paragraph."""
        read, first = self.read, self.first[position]
        if first >= len(read):
            return False
        start = read.paragraph_start(first)
        return first - start <= 3 and all(w in MARKS for w in read.words[start:first])

    def _weak(self, position: int) -> bool:
        """The words after the passage introduce the next one: “A.” Doe said: “B.”"""
        if position + 1 >= len(self.first):
            return False
        start, end = self._gap_after(position)
        nxt = self._gap_before(position + 1)
        closed = self.read.text[self.passages[position].end - 1] in ".!?"
        return closed and start < end and nxt[1] == end and nxt[0] <= start

    # -- shapes --------------------------------------------------------------------------------

    def _after(self, position: int) -> Attribution | None:
        read = self.read
        start, end = self._gap_after(position)
        glued = _GLUED.match(read.text, self.passages[position].end)
        if (
            glued
            and glued[1].lower() in VERBS
            and read.starts[start : start + 1] > [glued.start(1)]
        ):
            return Attribution(self._subject_after(start, end), glued[1], True)
        dash = False
        while start < end and not read.words[start][0].isalnum():
            dash = dash or read.words[start] in DASHES
            start += 1
        if start >= end:
            return None
        verb = start
        while verb < end and verb < start + 3 and read.low[verb] in ADVERBS:
            verb += 1
        if verb < end and read.low[verb] in VERBS and read.name_of(verb) is None:
            if verb + 1 >= end:
                return None
            return Attribution(self._subject_after(verb + 1, end), read.words[verb], True)
        if dash:
            person = self._first_person(start, end)
            if person:
                return Attribution(person.name, None, True)
        for i in range(start, min(end, start + MAX_APPOSITION)):
            if read.low[i] in VERBS and read.name_of(i) is None:
                subject = self._subject_before(start, i)
                named = subject is not None and self._begins_subject(start)
                alone = i + 1 >= end or not read.words[i + 1][0].isalnum()
                someone = i <= start + MAX_UNNAMED and read.low[start] in UNNAMED and alone
                if named or someone or (i == start + 1 and read.low[start] in PRONOUNS):
                    return Attribution(subject, read.words[i], True)
                break
        return None

    def _begins_subject(self, start: int) -> bool:
        """The words after a passage begin with someone: a name, a title, a pronoun, an article."""
        low, word = self.read.low[start], self.read.words[start]
        return low in PRONOUNS or low in ("the", "our", "its") or word[0].isupper()

    def _before(self, position: int) -> Attribution | None:
        start, end = self._gap_before(position)
        return self._introduction(start, end)

    def _introduction(self, start: int, end: int) -> Attribution | None:
        """Read `start` to `end` as words that lead up to an opening mark."""
        read = self.read
        if start >= end:
            return None
        mark = read.words[end - 1]
        if mark == "." and read.paragraph_end(end - 1) != end:
            return None
        leads = (
            mark in (":", ",")
            or mark in DASHES
            or read.low[end - 1] == "that"
            or mark.endswith(":")
            or _LEAD.match(mark.lower()) is not None
        )
        for verb in range(end - 1, max(start, end - MAX_TAIL) - 1, -1):
            low = self._cue(verb)
            if low not in VERBS or read.name_of(verb) is not None:
                continue
            if not leads and end - verb > 3:
                break
            if not leads and low in ("called", "calls", "described", "read", "reads"):
                break
            subject = self._subject_before(start, verb)
            if subject is None and verb + 1 < end:
                subject = self._subject_after(verb + 1, end)
            return Attribution(subject, low, True)
        return self._without_verb(start, end)

    def _without_verb(self, start: int, end: int) -> Attribution | None:
        """As Jane Doe puts it; according to Jane Doe; from Jane Doe:"""
        read, mark = self.read, self.read.words[end - 1]
        person = self._first_person(start, end)
        if person is None:
            return None
        put = read.low[max(start, end - 3) : end - 1]
        if put in (["puts", "it"], ["put", "it"]):
            return Attribution(person.name, put[0], True)
        if "according" in read.low[start:end]:
            return Attribution(person.name, "according", True)
        if mark.endswith(":"):
            return Attribution(person.name, None, True)
        if read.low[end - 1] == "that":
            return Attribution(person.name, read.words[max(end - 2, start)], True)
        return None

    def _cue(self, word: int) -> str:
        glued = _LEAD.match(self.read.low[word])
        return glued[1] if glued else self.read.low[word].rstrip(":,")

    def _introduced(self, position: int) -> Attribution | None:
        """“… the chairwoman said:” as the end of the paragraph before."""
        read, first = self.read, self.first[position]
        if not self._is_own_paragraph(position):
            return None
        start = read.paragraph_start(first)
        if start == 0 or self._holds_passage(start - 1):
            return None
        end = start
        if not read.words[end - 1].endswith(":"):
            return None
        return self._introduction(read.sentence_start(end - 1, end - MAX_GAP), end)

    def _signed(self, position: int) -> Attribution | None:
        """– Jane Doe, Acme   as the paragraph below, or in brackets behind."""
        read, last = self.read, self.last[position]
        while last < len(read) and read.words[last] in MARKS:
            last += 1
        if last >= len(read):
            return None
        end = read.paragraph_end(last)
        start = last
        if (
            last
            and read.paragraph[last] == read.paragraph[last - 1]
            and read.words[last] not in DASHES
        ):
            if read.words[last] != "(":
                return None
        elif not self._is_own_paragraph(position):
            return None
        dash = False
        while start < end and not read.words[start][0].isalnum():
            dash = True
            start += 1
        if end - start > MAX_SIGNATURE or start >= end:
            return None
        person = self._first_person(start, end)
        if person is None or not (dash or person.first - start <= 3):
            return None
        if not dash and (read.words[end - 1] in (".", "!", "?", ":") or self._has_verb(start, end)):
            return None
        return Attribution(person.name, None, True)

    def _has_verb(self, start: int, end: int) -> bool:
        return any(
            w in VERBS or w in ("is", "was", "has", "will") for w in self.read.low[start:end]
        )

    def _continued(self, position: int, own: bool) -> Attribution:
        """The passage before, in this paragraph or as the whole of the one before."""
        read, previous = self.read, self._accepted_before(position)
        who = self.accepted.get(previous)
        if who is None or self.first[position] >= len(read):
            return self._last_resort(position, own)
        gap = read.paragraph[self.first[position]] - read.paragraph[self.last[previous] - 1]
        if gap == 0:
            beside = previous == position - 1
            return Attribution(who.speaker, None, continues=beside, own_paragraph=own)
        between = range(self.last[previous], self.first[position])
        if own and gap <= 2 and all(read.words[i] in MARKS for i in between):
            return Attribution(who.speaker, None, own_paragraph=True)
        return self._last_resort(position, own)

    def _accepted_before(self, position: int) -> int:
        """Return the passage before, past titles and scare quotes in the same paragraph."""
        read, first = self.read, self.first[position]
        previous = position - 1
        while (
            previous > max(0, position - MAX_TITLES)
            and previous not in self.accepted
            and first < len(read)
            and read.paragraph[self.first[previous]] == read.paragraph[first]
        ):
            previous -= 1
        return previous

    def _led_up(self, position: int) -> Attribution:
        """The sentence before in the paragraph says who speaks: … said Jane Doe. “A …”"""
        read, first = self.read, self.first[position]
        end = first
        while end > 0 and read.words[end - 1] in MARKS:
            end -= 1
        floor = read.paragraph_start(first)
        if end <= floor:
            return Attribution()
        start = read.sentence_start(end - 1, max(floor, end - MAX_GAP))
        for verb in range(start, end):
            if read.low[verb] in VERBS and read.name_of(verb) is None and not self.inside[verb]:
                who = self._subject_before(start, verb) or self._subject_after(verb + 1, end)
                return Attribution(who, None)
        person = self._first_person(start, end)
        leads = person is not None and person.first <= start + 1
        return Attribution(person.name if person and leads else None, None)

    def _last_resort(self, position: int, own: bool) -> Attribution:
        """The last person of the paragraph before, when the passage has its own."""
        read, first = self.read, self.first[position]
        if first >= len(read):
            return Attribution(own_paragraph=own)
        if not own:
            return self._led_up(position)
        start = read.paragraph_start(first)
        if start == 0:
            return Attribution(own_paragraph=own)
        previous = self.accepted.get(position - 1)
        if previous and read.paragraph[self.last[position - 1] - 1] == read.paragraph[start - 1]:
            return Attribution(previous.speaker, None, own_paragraph=own)
        person = self._first_person(read.paragraph_start(start - 1), start)
        return Attribution(person.name if person else None, None, own_paragraph=own)
