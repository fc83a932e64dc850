"""Reads the tokens of rich text into stories, by the state that groups keep."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from qa_service.reading.blocks.canonical import raised
from qa_service.reading.formats.office.numerals import numeral
from qa_service.reading.formats.office.rtf.groups import (
    COLLECTED,
    HEADS,
    LETTERS,
    MARKERS,
    MUTE,
    SHOWN,
    SIGNS,
    SKIPPED,
    STORIES,
)
from qa_service.reading.formats.office.rtf.heads import take_codec
from qa_service.reading.formats.office.rtf.looks import Look, Tables, changed
from qa_service.reading.formats.office.rtf.story import Story, marker_of
from qa_service.reading.formats.office.rtf.tokens import Token
from qa_service.reading.formats.office.symbol_fonts import symbol
from qa_service.translation.catalogue import N_

_UNSEEN = {
    "hidden": N_("hidden text"),
    "struck": N_("struck-out text"),
    "deleted": N_("deleted text"),
}
_RANKS = 9
PLAIN = Look()


@dataclass(frozen=True, slots=True)
class State:
    """What holds within a group. `kind` is "shown", "mute", "skipped", or the name of what is
    collected; `rank`, `in_table` and `grounded` are of the paragraph."""

    look: Look = PLAIN
    kind: str = "shown"
    rank: int = 0
    in_table: bool = False
    grounded: bool = False


@dataclass(slots=True)
class Machine:
    """What is read so far."""

    tables: Tables = field(default_factory=Tables)
    body: Story = field(default_factory=Story)
    notes: list[tuple[str, str]] = field(default_factory=list)
    margins: dict[str, list[str]] = field(default_factory=dict)
    unseen: dict[str, list[str]] = field(default_factory=dict)
    collected: dict[str, list[Token]] = field(default_factory=dict)
    objects: list[str] = field(default_factory=list)
    pictures: int = 0
    has_ground: bool = False
    _states: list[State] = field(default_factory=list)
    _state: State = field(default_factory=State)
    _stories: list[tuple[int, str, Story]] = field(default_factory=list)
    _bytes: str = ""
    _skip: int = 0
    _starred: bool = False
    _sign_at: tuple[Story, int] | None = None
    _counts: dict[str, int] = field(default_factory=dict)
    _merge: str = ""

    def read(self, found: Iterable[Token]) -> None:
        """Reads the tokens of rich text to their end."""
        for token in found:
            if token.kind == "bytes" and self._state.kind in ("shown", *MARKERS):
                self._bytes += token.text
                continue
            self._decode()
            self._take(token)
        self._decode()
        while self._stories:
            self._end_story()

    @property
    def _story(self) -> Story:
        return self._stories[-1][2] if self._stories else self.body

    def _take(self, token: Token) -> None:
        if token.kind == "open":
            self._states.append(self._state)
            self._starred = False
        elif token.kind == "close":
            self._close()
        elif self._state.kind in COLLECTED and not self._begins(token):
            self.collected.setdefault(self._state.kind, []).append(token)
        elif token.kind == "word":
            self._take_word(token)
        elif token.kind == "sign":
            self._take_sign(token.text)

    def _begins(self, token: Token) -> bool:
        """Whether a token names a group within what is collected that is none of it."""
        return token.kind == "word" and token.text in ("falt", "panose", "fontemb")

    def _close(self) -> None:
        kind = self._state.kind
        if kind in HEADS and (not self._states or self._states[-1].kind != kind):
            HEADS[kind](self.collected.pop(kind, []), self.tables)
        elif kind == "objdata":
            parts = self.collected.pop(kind, [])
            written = "".join(token.text for token in parts if token.kind == "bytes")
            self.objects = [*self.objects[:-1], written]
        if self._states:
            self._state = self._states.pop()
        while self._stories and len(self._states) < self._stories[-1][0]:
            self._end_story()

    def _take_word(self, token: Token) -> None:
        word = token.text
        if self._starred or word in SKIPPED or word in STORIES or word in COLLECTED:
            self._enter(word)
        elif word in MUTE:
            self.objects += [""] if word == "object" else []
            self._state = replace(self._state, kind="mute")
        elif word in MARKERS:
            self._state = replace(self._state, kind=word)
        elif word in SHOWN and self._state.kind == "mute":
            self._state = replace(self._state, kind="shown" if word != "result" else "mute")
        elif self._state.kind != "skipped":
            self._change(token)
        self._starred = False

    def _enter(self, word: str) -> None:
        """Begins a group that is kept apart, or left out."""
        if self._state.kind == "skipped" and word not in ("title", "author", "creatim"):
            return
        if word == "pict" and self._state.kind != "mute":
            self.pictures += 1
        self.has_ground |= word == "background"
        if word in STORIES:
            self._begin_story(STORIES[word])
        elif word in COLLECTED:
            self._state = replace(self._state, kind=word)
        elif word in MUTE or word in SHOWN or word in MARKERS:
            kind = "mute" if word in MUTE else word if word in MARKERS else "shown"
            self._state = replace(self._state, kind=kind)
        else:
            self._state = replace(self._state, kind="skipped")

    def _begin_story(self, kind: str) -> None:
        if kind == "note":
            kind = "note" if not self._unseen(self._state.look) else "unseen note"
        if kind == "note":
            self.notes.append((self._note_sign("footnote"), ""))
        self._stories.append((len(self._states), kind, Story()))
        self._state = State(Look(fallback=self._state.look.fallback))

    def _end_story(self) -> None:
        _, kind, story = self._stories.pop()
        if kind == "box":
            self._story.beside += story.ended()
        elif kind == "note":
            place = next(at for at in range(len(self.notes) - 1, -1, -1) if not self.notes[at][1])
            sign = self.notes[place][0]
            own = "" if sign.isalnum() else f"{sign} "
            self.notes[place] = sign, story.words().lstrip(own)
            self._sign_at = None
        elif kind != "unseen note" and (text := story.words()):
            self.margins.setdefault(kind, []).append(text)

    def _note_sign(self, kind: str) -> str:
        """The sign of the note that begins: its number, which is written where it is referred
        to, or what stands raised before it."""
        if self._sign_at is None:
            pieces = self._story.pieces
            return pieces[-1].strip() if pieces and not pieces[-1].strip().isalnum() else ""
        self._counts[kind] = number = self._counts.get(kind, 0) + 1
        story, place = self._sign_at
        sign = numeral(number, "lowerRoman" if kind == "endnote" else "decimal")
        story.pieces[place : place + 1] = [raised(sign)]
        return sign

    def _change(self, token: Token) -> None:
        """Takes a control word that changes a look, writes a sign, or ends something."""
        word, number, story = token.text, token.number, self._story
        look = changed(self._state.look, word, number)
        if look is not self._state.look:
            self._state = replace(self._state, look=look)
        elif word == "u":
            self._write(chr((number or 0) % 0x10000))
            self._skip = self._state.look.fallback
        elif word in LETTERS:
            self._write(LETTERS[word])
        elif word == "chftn":
            inside = bool(self._stories) and self._stories[-1][1].endswith("note")
            if not inside and not self._unseen(self._state.look):
                self._sign_at = story, len(story.pieces)
                story.pieces.append("")
        elif word == "ftnalt":
            self._as_endnote()
        elif word in ("pard", "s", "outlinelevel", "intbl", "cbpat", "itap"):
            self._change_paragraph(word, number or 0)
        elif self._state.kind in ("shown", "mute"):
            self._end(word, story)
            take_codec(token, self.tables)

    def _as_endnote(self) -> None:
        """Numbers the note that has begun among the endnotes."""
        if self._sign_at is not None and self._stories and self._stories[-1][1] == "note":
            self._counts["footnote"] -= 1
            self.notes[-1] = self._note_sign("endnote"), ""

    def _change_paragraph(self, word: str, number: int) -> None:
        match word:
            case "pard":
                change = {"rank": 0, "in_table": False, "grounded": False}
            case "s":
                change = {"rank": self.tables.ranks.get(number, 0)}
            case "outlinelevel":
                change = {"rank": number + 1 if number < _RANKS else 0}
            case "cbpat":
                change = {"grounded": number != 0 and not self.tables.is_white(number)}
            case "itap":
                change = {"in_table": number > 0}
            case _:
                change = {"in_table": True}
        self._state = replace(self._state, **change)  # type: ignore[arg-type]

    def _end(self, word: str, story: Story) -> None:
        match word:
            case "par" | "sect" if not self._state.look.deleted:
                story.end_paragraph(self._state.rank, in_table=self._state.in_table)
            case "trowd":
                story.begin_row()
            case "clvmrg" | "clvmgf":
                self._merge = word
            case "cellx":
                story.define_cell(self._merge)
                self._merge = ""
            case "cell":
                story.end_cell()
            case "row":
                story.end_row()
            case "nestcell":
                story.end_inner_cell()
            case "nestrow":
                story.end_inner_row()

    def _take_sign(self, sign: str) -> None:
        if sign == "*":
            self._starred = True
        elif sign in "\r\n":
            self._end("par", self._story)
        elif sign in SIGNS:
            self._write(SIGNS[sign])

    def _decode(self) -> None:
        """Writes the letters that came as bytes."""
        if not self._bytes:
            return
        letters, self._bytes = self._bytes[self._skip :], ""
        self._skip = 0
        codec = self.tables.codec_of(self._state.look.font)
        if codec == "symbol":
            written = "".join(symbol("Symbol", ord(letter)) or letter for letter in letters)
        else:
            written = _decoded(letters.encode("latin-1", "replace"), codec)
        self._write(written)

    def _write(self, text: str) -> None:
        """Writes letters where they belong, if they are seen."""
        if self._state.kind in MARKERS:
            self._story.marker = marker_of(f"{self._story.marker}{text}")
            return
        if self._state.kind != "shown" or not text:
            return
        look = self._state.look
        if what := self._unseen(look):
            self.unseen.setdefault(what, []).append(text)
        else:
            self._story.pieces.append(raised(text) if look.raised else text)

    def _unseen(self, look: Look) -> str:
        """What letters of a look are that are not read; "" of any other."""
        for name, what in _UNSEEN.items():
            if getattr(look, name):
                return what
        white = self.tables.is_white(look.ink) and not (
            self.has_ground or self._state.in_table or self._story.in_row or self._state.grounded
        )
        boxed = bool(self._stories) and self._stories[-1][1] == "box"
        on_paper = not look.ground or self.tables.is_white(look.ground)
        return _UNSEEN["hidden"] if look.is_speck or (white and on_paper and not boxed) else ""


def _decoded(letters: bytes, codec: str) -> str:
    try:
        return letters.decode(codec, "replace")
    except LookupError:
        return letters.decode("cp1252", "replace")
