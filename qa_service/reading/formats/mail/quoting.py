"""The writer's own words and those of earlier writers, as replies and forwards hold them.

Quoted lines begin with ">" (RFC 3676, section 4.5); what programs put above them is nowhere
set down, and was gathered from messages of common programs in ten languages.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from qa_service.reading.formats.mail.days import written_day

DEEPEST = 12
"""Quotes within more quotes than this stay with the one around them."""
LONGEST_ATTRIBUTION = 400
MOST_BLANK_LINES = 3
MOST_HEADER_LINES = 20
_WROTE = (
    r"(?:wrote|writes|(?:ge)?schrieb(?:en)?|a\s+écrit|escribió|ha\s+scritto|schreef|escreveu|skrev"
    r"|napisał(?:\(a\)|a)?|pisze)"
)
_QUOTED = re.compile(r"^ {0,3}>(?!From )[ \t]?")
_ATTRIBUTION = re.compile(
    rf"^.{{0,250}}\b{_WROTE}\b.{{0,120}}(?::|\s-{{2,}})\s*$|^Quoting .{{3,200}}:\s*$"
    r"|^.{0,250}<[^<>\s]+@[^<>\s]+>.{0,60}\d{4}.{0,60}:\s*$",
    re.DOTALL,
)
"""Takes "On 3 May 2021, Rob wrote:" and "* Rob <rob@quay.example> [2021-05-03 10:12]:"."""
_BEGINNING = re.compile(r"(?:On|Am|Le|El|Il|Op|Em|Den|Dnia|W dniu)\b")
_SURE = re.compile(
    rf"^{_BEGINNING.pattern}.{{6,250}}(?:@|\d[:.]\d\d).{{0,120}}\b{_WROTE}\s*:\s*$", re.DOTALL
)
_BANNER = re.compile(
    r"^\W*(?:[-_]{2,}[^-_\n]{0,60}[-_]*|begin forwarded message"
    r"|anfang der weitergeleiteten nachricht|début du message (?:réexpédié|transféré)"
    r"|inicio del mensaje reenviado|inizio messaggio inoltrato)\s*[-:_]*\s*$",
    re.IGNORECASE,
)
"""What stands above an earlier message: dashes, and perhaps words between them."""
_FROM = re.compile(
    r"^\W{0,3}(?:From|Von|De|Van|Da|Från|Od)\W{0,2}:\W{0,3}(?P<value>\S.*)$", re.IGNORECASE
)
_SENT = re.compile(
    r"^\W{0,3}(?:Sent|Date|Gesendet|Datum|Envoyé|Enviado|Fecha|Inviato|Verzonden|Skickat|Wysłano)\b"
    r"[^:\n]{0,12}:\W{0,3}(?P<value>\S.*)$",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"^\W{0,3}(?:Subject|Betreff|Objet|Asunto|Oggetto|Onderwerp|Assunto|Ämne|Temat)\W{0,2}:\W{0,3}"
    r"(?P<value>\S.*)$",
    re.IGNORECASE,
)
_ONLY_SENT = re.compile(
    r"^\W{0,3}(?:Sent|Gesendet|Envoyé|Enviado|Inviato|Verzonden|Skickat|Wysłano)\b"
)
_TIME = re.compile(r"\d[:.h]\d\d(?![.\d])")
_MEMO = re.compile(r"^\W*(?:[\w-]+ )?memo(?:randum)?\W*$", re.IGNORECASE)
_ANSWER = re.compile(r"^\s*(?:(?:re|aw|fwd?|wg|tr|sv|vs|rv|antw|odp|r)\s*:\s*)+", re.IGNORECASE)
"""What programs put before the subject of a reply or a forward."""
_FIRST = (_FROM, _SENT, _SUBJECT)
"""Of the headers of an earlier message any may come first; all must be there."""
_HEADER = re.compile(r"^\W{0,3}[A-ZÀ-Þ][\w\- ]{0,20}\W{0,2}:\*?\s")
_ADDRESS = r"\(?(?P<address><[^<>\s]+>)?\)?"
_NAME_BEFORE = re.compile(rf"(?P<name>[^,<>():\d]*[^,<>():\d\s])?\s*{_ADDRESS}\s*{_WROTE}\b")
_NAME_AFTER = re.compile(
    rf"\b{_WROTE}\s+(?!(?:on|at|am|um|le)\b)(?P<name>[^,<>():\d]*[^,<>():\d\s])\s*{_ADDRESS}"
)
_NAME_ALONE = re.compile(r"(?P<name>[^,<>():\d*]*[^,<>():\d*\s])\s*(?P<address><[^<>\s]+>)")


@dataclass(slots=True)
class Quoted:
    """What an earlier writer said: who, when (ISO, "" if unsaid), and the line that says so."""

    writer: str
    date: str
    label: str
    subject: str = ""
    lines: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The words, without the signs of quoting."""
        return "\n".join(self.lines).strip()


def own_and_quoted(text: str, subject: str = "") -> tuple[str, list[Quoted]]:
    """The words of a message's writer, and those of earlier ones, the latest first.

    `subject` is the message's, by which a reply is known.
    """
    own, found = _parted(text.replace("\r\n", "\n").split("\n"), subject)
    quoted: list[Quoted] = []
    _gather(found, quoted, DEEPEST)
    return "\n".join(own).strip("\n"), [item for item in quoted if item.text]


def _gather(found: list[Quoted], quoted: list[Quoted], deepest: int) -> None:
    """Adds each of `found` and those quoted within them to `quoted`."""
    for item in found:
        if not item.label:
            _take_label_within(item)
        quoted.append(item)
        if deepest:
            item.lines, within = _parted(item.lines, item.subject)
            for inner in within:
                inner.subject = inner.subject or item.subject
            _gather(within, quoted, deepest - 1)


def _take_label_within(item: Quoted) -> None:
    """Some programs put the line that says who wrote a quote inside it."""
    first = next((place for place, line in enumerate(item.lines) if line.strip()), 0)
    above = item.lines[: first + 1]
    if label := _taken_attribution(above):
        said = _attributed(label)
        item.writer, item.date, item.label = said.writer, said.date, said.label
        del item.lines[: first + 1]


def _parted(lines: Sequence[str], subject: str) -> tuple[list[str], list[Quoted]]:
    """Lines of the writer's own, and what is quoted at the first level among them.

    Behind headers of an earlier message everything is that message's, up to the next ones.
    """
    own: list[str] = []
    found: list[Quoted] = []
    kept, place = own, 0
    while place < len(lines):
        line = lines[place]
        used = 1
        headers = _header_block(lines, place)
        if headers and _is_a_message(lines[place : place + headers], kept, subject):
            _drop_banner(kept)
            found.append(_from_headers(lines[place : place + headers]))
            kept, used = found[-1].lines, headers
        elif label := _sure_attribution(lines, place):
            found.append(_attributed(label))
            kept, used = found[-1].lines, label.count("\n") + 1
        elif kept is own and _QUOTED.match(line):
            _take_quoted_line(line, own, found)
        else:
            kept.append(line.removeprefix(">") if line.startswith(">From ") else line)
        place += used
    return own, found


def _take_quoted_line(line: str, own: list[str], found: list[Quoted]) -> None:
    label = _taken_attribution(own)
    if label or not found:
        if not label:
            _drop_banner(own)
        found.append(_attributed(label))
    elif found[-1].lines and any(above.strip() for above in own[-1:]):
        found[-1].lines.append("")
    found[-1].lines.append(_QUOTED.sub("", line, count=1))


def is_attribution(text: str) -> bool:
    """Whether a text says who wrote what is quoted below it."""
    return len(text) <= LONGEST_ATTRIBUTION and _ATTRIBUTION.match(text) is not None


def _taken_attribution(own: list[str]) -> str:
    """The line or lines above a quote that say who wrote it, taken off the writer's own."""
    end = len(own)
    while end and not own[end - 1].strip() and len(own) - end < MOST_BLANK_LINES:
        end -= 1
    labels = {count: "\n".join(own[end - count : end]) for count in (1, 2, 3) if count <= end}
    fitting = [count for count, label in labels.items() if is_attribution(label)]
    if not fitting:
        return ""
    # "On 3 May 2024" may stand a line or two above "Rob Finch wrote:".
    begun = [count for count in fitting if _BEGINNING.match(labels[count])]
    count = begun[0] if begun else fitting[0]
    del own[end - count :]
    return labels[count]


def _sure_attribution(lines: Sequence[str], place: int) -> str:
    """An attribution with a time or an address, whose quote has no signs of quoting."""
    if not _BEGINNING.match(lines[place]):
        return ""
    for count in (1, 2):
        label = "\n".join(lines[place : place + count])
        if len(label) <= LONGEST_ATTRIBUTION and _SURE.match(label):
            below = next((line for line in lines[place + count :] if line.strip()), ">")
            return "" if _QUOTED.match(below) else label
    return ""


def _attributed(label: str) -> Quoted:
    line = " ".join(label.split())
    names = (_NAME_AFTER, _NAME_BEFORE, _NAME_ALONE)
    who = next((found for rule in names if (found := rule.search(line)) and found["name"]), None)
    writer = " ".join(filter(None, (who["name"], who["address"]))).strip() if who else ""
    return Quoted(writer, written_day(line) or "", line.rstrip(": "))


def _header_block(lines: Sequence[str], place: int) -> int:
    """How many lines of headers begin here, as programs put them above what they quote."""
    if _QUOTED.match(lines[place]) or not any(rule.match(lines[place]) for rule in _FIRST):
        return 0
    end = place + 1
    while end < len(lines) and end - place < MOST_HEADER_LINES:
        # Web pages put each header into a paragraph of its own.
        below = end if lines[end].strip() else end + 1
        if below >= len(lines) or not _goes_on(lines[below]):
            break
        end = below + 1
    block = lines[place:end]
    dated = any(_SENT.match(line) for line in block)
    sent_by = any(_FROM.match(line) for line in block)
    named = any(_SUBJECT.match(line) for line in block)
    return end - place if dated and sent_by and named else 0


def _is_a_message(block: Sequence[str], above: Sequence[str], subject: str) -> bool:
    """Whether headers are those of a message, and not of a memo, a form or a booking.

    A program gives a message its time or an address, or puts a line above it; a reply may hold
    what it answers with no more than a day and a name.
    """
    lines = [line for line in reversed(above) if line.strip() and not _goes_on(line)]
    last = lines[0] if lines else ""
    if _MEMO.match(last):
        return False
    shown = any("@" in line or _ONLY_SENT.match(line) for line in block)
    timed = any(_SENT.match(line) and _TIME.search(line) for line in block)
    return bool(shown or timed or _BANNER.match(last) or (_ANSWER.match(subject) and _who(block)))


def _who(block: Sequence[str]) -> bool:
    """Whether headers name somebody, and a day."""
    said = _from_headers(block)
    return bool(said.date) and any(map(str.isalpha, said.writer))


def _goes_on(line: str) -> bool:
    return bool(_HEADER.match(line) or re.match(r"[ \t]+\S", line))


def _drop_banner(own: list[str]) -> None:
    while own and (not own[-1].strip() or _BANNER.match(own[-1])):
        own.pop()


def _from_headers(block: Sequence[str]) -> Quoted:
    sender, sent, subject = (
        next((found["value"].strip(" *") for line in block if (found := rule.match(line))), "")
        for rule in (_FROM, _SENT, _SUBJECT)
    )
    label = f"On {sent}, {sender} wrote" if sent else f"{sender} wrote"
    return Quoted(sender, written_day(sent) or "", label, subject)
