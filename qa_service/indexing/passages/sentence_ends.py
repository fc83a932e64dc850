"""Where sentences end within a line: by sentencex, mended where abbreviations mislead it.

The abbreviations are those of pySBD's English list (MIT), of the appendix of OSCOLA, the
Oxford standard for citing law (4th edition), of the Bluebook's table of institutions (T6), of
the Royal Mail's counties, and of the minutes of British councils. A word that no list has is
taken for one where small letters follow and English does not know it.
"""

from __future__ import annotations

import re

import sentencex

from qa_service.reading.language.known_words import english_words

WINDOW = 2_000
"""So many characters at most are given to the library at a time: a quotation mark that is
never closed costs it the square of what follows."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_BEFORE_NAMES = _words(
    """
    adm ald attys bart brig capt cdr cllr cllrs cmdr col con cpl dame det dr drs fr ft gen gov
    hon insp lt maj messrs mlle mme mr mrs ms msgr mssrs ofc pc prof profs prop pvt rep reps rev
    revd rt sen sens sgt sir st supt treas vis
    """
)
_INSTITUTIONS = _words(
    """
    acad agric assoc asst auth bd civ cnty coll comm cttee dep dev dir dist econ educ emer
    exec fin hosp inst ld med mgmt mgr mun natl publ soc supp sys transp util
    """
)
_COUNTIES = _words(
    """
    beds berks bucks cambs derbys glos hants herts lancs leics lincs middx northants notts
    oxon salop shrops staffs wilts worcs yorks
    """
)
_BEFORE_NUMBERS = _words(
    """
    a ann annex app apps appx apr art arts aug bk bks c cap ch chap chaps chs cl cls col cols cond
    dec div divs ed eq eqs ex exs exp ext feb fig figs fn fns fo fol form hr hrs jan jul jun l
    lib ll mar min mins n nn no nos nov nr num oct op ord p par para paras pars pg pl plc pp
    pt pts q qs qty r rec recs ref refs reg regs res rm rr rs rule s sch sched scheds schs sec secs
    sect sects sep sept ser ss sub subcl subpara subparas subs subss supp suppl tab tel tit vol
    vols v ver fri mon sat sun thu thur thurs tue tues wed weds wk wks yr yrs
    """
)
_CAPITALISED = _words(
    """
    apr dec feb fri jan jul jun mar mon nov oct sat sep sun thu wed
    """
)
"""Abbreviations of days and months, which small letters make words of their own."""
_BEFORE_LETTERS = _words(
    """
    annex appx sch sched scheds schs
    """
)
_WITHIN = _words(
    """
    a.k.a abbr adj adv approx assn asst attn avg ca cert cf circ cit cont contd defs dept depts
    e.g eg eds encl enc encs esp est excl fed govt gp ibid i.e ie incl inc.l intl max misc mfg
    nb nr opp orig pa pro resp sc tbc tbd tbsp temp trans tsp univ viz vs w.e.f w.r.t wef
    """
)
_MAY_END = _words(
    """
    al assoc ave bldg blvd bros co corp cres ct dept etc esq gdns inc jr la ln ltd mt nr pk pl
    plc rd sq sr st ter tce u.k u.s uk us a.m p.m p.a am pm b.c a.d l.j l.jj ph.d m.p m.a b.a b.sc
    """
)
_KNOWN = _BEFORE_NAMES | _BEFORE_NUMBERS | _WITHIN | _MAY_END | _COUNTIES | _INSTITUTIONS
_KNOWN |= {"cent"}
# A word that more often begins a sentence than follows an abbreviation within one.
_OPENERS = _words(
    """
    a after all also although an and another any as at because before both but by each even
    every finally first for four from he her here his how however i if in is it its last many
    most my no nobody none nor now of on once one only or our several she since so some such
    that the their then there these they this those though three to two under unless until we
    what when where whether which while who why with you your
    """
)
_TOKEN = re.compile(r"([^\W\d_][\w.]*)\.[\"'”’)\]]*\s*\Z")
_NUMBERED = re.compile(r"[\[(“\"‘']?(?:\d|[IVXLC]+\b|[A-Za-z]\b(?![.'’])|[A-Z]{1,4}[./-]?\d)")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
# What the library leaves whole: a stop after a word of small letters, a number, a percentage
# or a bracket, with a capital behind it; a stop that stands alone between spaces.
_MISSED_END = re.compile(
    r"(?:(?<=[a-z]{2})|(?<=[\d%)\]])|(?<=\d [a-z]))[.!?][\"'”’)]*\s+(?=[“\"‘(]?[A-Z])"
    r"|(?<=\s)[.!?]\s+(?=\S)|(?<=\w)…\s+(?=[A-Z])|(?<=\.[a-z])\.\s+(?=[A-Z])"
)
_DAY = re.compile(r"\b[0-3]?\d\. \Z")
_MONTH = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
    r" \d{4}\b"
)
_SPACED_DOTS = re.compile(r"\. \.\s+\Z")
_ENUMERATOR = re.compile(r"[:;,]\s+\(?(\d{1,2})[.)]\s*\Z")
_TIMES = _words("a.m p.m am pm")
_BESIDE_TIMES = _words(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may
    june july august september october november december gmt bst utc
    """
)
_LONGEST_TOKEN = 24
LONGEST_QUOTATION = 400
LONGEST_UNKNOWN = 3
"""A word of so many letters may be an abbreviation that no list has."""


def sentence_starts(line: str) -> list[int]:
    """Offsets at which a sentence begins behind another one, in order."""
    cuts = set(_library_starts(line))
    missed = (match.end() for match in _MISSED_END.finditer(line))
    cuts |= {cut for cut in missed if not _is_quoted(line, cut)}
    return sorted(cut for cut in cuts if 0 < cut < len(line) and not _is_within(line, cut))


def _is_quoted(line: str, cut: int) -> bool:
    """Whether a quotation is open at a cut: the library keeps one whole."""
    start = max(0, cut - LONGEST_QUOTATION)
    return line.rfind("“", start, cut) > line.rfind("”", start, cut)


def _library_starts(line: str) -> list[int]:
    """The library's cuts, found window by window; each moves on by half of one at least."""
    starts: list[int] = []
    place = 0
    while place < len(line):
        end = _window_end(line, place)
        found = [
            place + boundary["start_index"]
            for boundary in sentencex.get_sentence_boundaries("en", line[place:end])
        ]
        inner = [start for start in found if start > place]
        starts += inner
        last = inner[-1] if inner else place
        place = last if end < len(line) and last > place + WINDOW // 2 else end
    return starts


def _window_end(line: str, place: int) -> int:
    """The end of a window: behind a blank, so that no word is cut."""
    end = place + WINDOW
    if end >= len(line):
        return len(line)
    blank = line.rfind(" ", place + WINDOW // 2, end)
    return blank + 1 if blank > 0 else end


def _is_within(line: str, cut: int) -> bool:
    """Whether the stop before a cut is that of an abbreviation or a number within a sentence."""
    if line[cut].isalnum() and line[max(0, cut - 2) : cut] in (" .", "."):
        return True  # The stop begins a word, as that of ".csv" does.
    tail = max(0, cut - _LONGEST_TOKEN)
    if (item := _ENUMERATOR.search(line, tail, cut)) and _counts_on(line, item):
        return True
    if _DAY.search(line, tail, cut) and _MONTH.match(line, cut):
        return True
    if line[cut] == "." or (line[cut].islower() and _SPACED_DOTS.search(line, tail, cut)):
        return True
    found = _TOKEN.search(line, tail, cut)
    if not found:
        return False
    # Prose that knows capitals begins its sentences with them; names like "nDCG" are few.
    if line[cut : cut + 2].lstrip("(")[:1].islower() and line[0].isupper():
        return _may_be_abbreviation(found[1].lower())
    return _is_abbreviation(found[1], line, cut)


def _may_be_abbreviation(word: str) -> bool:
    return len(word) <= LONGEST_UNKNOWN or word in _KNOWN or word not in english_words()


def _counts_on(line: str, item: re.Match[str]) -> bool:
    """Whether a number begins a count within a sentence, or goes on with it: "these: 1. Knock"."""
    number = int(item[1])
    before = rf"(?<![\d.]){number - 1}[.)]"
    return number == 1 or re.search(before, line[: item.start()]) is not None


def _is_abbreviation(token: str, line: str, cut: int) -> bool:
    word = token.lower()
    if word in _BEFORE_NUMBERS and _NUMBERED.match(line, cut):
        known = word not in _CAPITALISED or token[0].isupper()
        return known and (word in _BEFORE_LETTERS or not _opens(line, cut))
    if word in _TIMES and line[cut].isupper():
        first = _FIRST_WORD.match(line, cut)
        return first is not None and first[0].lower() in _BESIDE_TIMES | _BEFORE_NAMES
    if word in _MAY_END or word in _COUNTIES:
        return not _opens(line, cut) and not (word in ("etc", "al") and line[cut].isupper())
    if word in _BEFORE_NAMES or (word in _INSTITUTIONS and token[0].isupper()):
        return not _opens(line, cut)
    return word in _WITHIN


def _opens(line: str, cut: int) -> bool:
    """Whether the word behind a cut is one that begins sentences, and no initial."""
    first = _FIRST_WORD.match(line, cut)
    if not first or not line[cut].isupper() or line.startswith(".", first.end()):
        return False
    return first[0].lower() in _OPENERS
