"""What can be completed in the line: commands, and what their arguments or an ``@`` may name."""

from __future__ import annotations

import re
import threading
import time
from collections import Counter
from dataclasses import dataclass
from itertools import islice
from operator import itemgetter
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from prompt_toolkit.completion import Completer, Completion

from groundwire.domain.errors import GroundwireError
from groundwire.domain.summaries import LENGTHS
from groundwire.interfaces.render.escape import one_line
from groundwire.interfaces.repl.naming import begun_mention, begun_names, quoted, unquoted
from groundwire.interfaces.repl.toolbar import cut

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from prompt_toolkit.completion import CompleteEvent
    from prompt_toolkit.document import Document

    from groundwire.domain.conversations import ConversationInfo
    from groundwire.domain.documents import DocumentInfo

_MOST = 50
_RANKED = 1000
_SPELT = 20_000
_NEAR_CURSOR = 300
_FRESH_S = 10.0
_WAIT_S = 0.5
_SHOWN = 48
_PARTS = re.compile(r"\w+")
_BEGINS, _WORDS_BEGIN, _PARTS_IN, _LETTERS = range(1, 5)

T = TypeVar("T")


class Offered(Protocol):
    """A command, as far as completion needs it."""

    @property
    def name(self) -> str:
        """Its name, with or without the slash."""

    @property
    def help(self) -> str:
        """What it does, in one line."""

    @property
    def completes(self) -> str:
        """What its arguments name: documents, sessions, commands, settings, lengths or nothing."""


@dataclass(frozen=True, slots=True)
class Named:
    """One entry of the menu.

    Attributes:
        insert: What is typed for it.
        shown: What the menu calls it.
        about: What the menu says beside it.
        found_by: What it is found by, without case: its titles, each in a line.
    """

    insert: str
    shown: str
    about: str
    found_by: str

    @property
    def titles(self) -> tuple[str, ...]:
        """What it is found by, one by one."""
        return tuple(self.found_by.split("\n"))


class Lookup(Generic[T]):
    """A list that is fetched in the background and kept for a while, so that typing never waits."""

    def __init__(self, fetch: Callable[[], Iterable[T]], fresh_s: float = _FRESH_S) -> None:
        """Keep how the list is fetched, and for how long it is good."""
        self._fetch = fetch
        self._fresh_s = fresh_s
        self._lock = threading.Lock()
        self._begun: float | None = None
        self._done = threading.Event()
        self._items: tuple[T, ...] = ()

    def items(self) -> tuple[T, ...]:
        """Return the list as it was last fetched; of the first time, not much is waited for."""
        with self._lock:
            now = time.monotonic()
            if self._begun is None or (self._done.is_set() and now - self._begun > self._fresh_s):
                self._begun = now
                threading.Thread(target=self._run, name="lookup", daemon=True).start()
        self._done.wait(_WAIT_S)
        return self._items

    def _run(self) -> None:
        try:
            self._items = tuple(self._fetch())
        except (GroundwireError, OSError):
            self._items = ()  # what is wrong is told when it is asked for, not while it is typed
        finally:
            self._done.set()


class LineCompleter(Completer):
    """Completes the line up to the cursor."""

    def __init__(
        self,
        commands: Sequence[Offered],
        documents: Callable[[], Sequence[DocumentInfo]],
        sessions: Callable[[], Sequence[ConversationInfo]],
        settings: Sequence[str] = (),
    ) -> None:
        """Keep where names come from.

        Args:
            commands: The commands, in the order of the menu.
            documents: Called in another thread.
            sessions: Called in another thread.
            settings: The keys that can be set.
        """
        self._commands = [_command(each) for each in commands]
        self._completes = {_slashed(each.name): each.completes for each in commands}
        self._documents = Lookup(lambda: _documents(documents()))
        self._lookups: dict[str, Callable[[], Sequence[Named]]] = {
            "documents": self._documents.items,
            "sessions": Lookup(lambda: map(_session, sessions())).items,
            "commands": lambda: [_word(each.insert.strip(), each.about) for each in self._commands],
            "settings": lambda: [_word(key) for key in settings],
            "lengths": lambda: [_word(length) for length in LENGTHS],
        }

    def get_completions(
        self, document: Document, complete_event: CompleteEvent
    ) -> Iterator[Completion]:
        """Yield what the text before the cursor may become, the nearest first."""
        del complete_event
        before = document.text_before_cursor
        mention = begun_mention(before[-_NEAR_CURSOR:])
        if mention is not None:
            yield from _completions(self._documents.items(), mention)
            return
        line = before.lstrip(" ")
        if not line.startswith("/") or line.startswith("//") or "\n" in line:
            return
        name, space, arguments = line.partition(" ")
        if space:
            yield from self._arguments(name, arguments)
        else:
            yield from _completions(self._commands, line, _BEGINS)

    def _arguments(self, name: str, arguments: str) -> Iterator[Completion]:
        meant = [each for each in self._completes if each.startswith(name)]
        if name not in self._completes and len(meant) != 1:
            return
        wanted = self._completes[name if name in self._completes else meant[0]]
        if wanted not in self._lookups:
            return
        named = self._lookups[wanted]()
        begun = begun_names(arguments)
        for typed in begun:
            found = list(_completions(named, typed, _LETTERS if typed is begun[-1] else _PARTS_IN))
            if found:
                yield from found
                return


def _command(command: Offered) -> Named:
    name = _slashed(command.name)
    insert = f"{name} " if command.completes else name
    return Named(insert, name, command.help, name.casefold())


def _slashed(name: str) -> str:
    return f"/{name.removeprefix('/')}"


def _word(word: str, about: str = "") -> Named:
    return Named(word, word, about, word.casefold())


def _session(info: ConversationInfo) -> Named:
    title = one_line(info.title)
    counted = f"{info.exchanges} {'question' if info.exchanges == 1 else 'questions'}"
    about = f"{info.updated.astimezone():%Y-%m-%d %H:%M} · {counted}"
    return Named(info.id, cut(title, _SHOWN), about, f"{info.id}\n{title}".casefold())


def _documents(infos: Sequence[DocumentInfo]) -> Iterator[Named]:
    """Yield documents under their paths; where a path does not name one, under their ids.

    A path that two documents have means neither, and one with characters that no keyboard has
    could not be typed again.
    """
    paths = Counter(info.path for info in infos)
    for info in infos:
        path, title = one_line(info.path), one_line(info.title)
        typed = paths[info.path] == 1 and info.path.isprintable() and info.path == path
        about = " · ".join(
            each for each in (one_line(info.source), str(info.published or ""), path) if each
        )
        yield Named(
            quoted(info.path) if typed else info.id,
            cut(title, _SHOWN),
            about,
            f"{path}\n{title}\n{info.id}".casefold(),
        )


def _completions(named: Sequence[Named], typed: str, worst: int = _LETTERS) -> Iterator[Completion]:
    """Yield the entries that fit what was typed, the best first.

    Letters are spelt out where nothing holds its parts. Of a very long list not every entry is
    looked at: typing comes first.

    Args:
        named: The entries.
        typed: What of a name was typed, with its first quote if it has one.
        worst: The loosest fit that is offered.
    """
    wanted = unquoted(typed).strip().casefold()
    parts = _PARTS.findall(wanted) or [wanted]
    holding = list(islice((each for each in named if _holds(each, parts)), _RANKED))
    ranked = [(_fit(each.titles, wanted, parts), each) for each in holding]
    if not ranked and worst >= _LETTERS:
        letters = wanted.replace(" ", "")
        some = islice(named, _SPELT)
        found = (each for each in some if any(_spells(title, letters) for title in each.titles))
        ranked = [(_LETTERS, each) for each in islice(found, _MOST)]
    ranked.sort(key=itemgetter(0))
    for fit, each in ranked[:_MOST]:
        if fit <= worst:
            yield Completion(each.insert, -len(typed), each.shown, each.about)


def _holds(named: Named, parts: list[str]) -> bool:
    return all(part in named.found_by for part in parts)


def _fit(titles: tuple[str, ...], wanted: str, parts: list[str]) -> int:
    """Return how well titles fit that hold all parts: how one begins, how words in one begin."""
    if any(title.startswith(wanted) for title in titles):
        return _BEGINS
    for title in titles:
        words = _PARTS.findall(title)
        if all(any(word.startswith(part) for word in words) for part in parts):
            return _WORDS_BEGIN
    return _PARTS_IN


def _spells(title: str, letters: str) -> bool:
    """Return whether a title has these letters in this order."""
    rest = iter(title)
    return all(letter in rest for letter in letters)
