"""A folder of documents that changes at random, from a seed."""

from __future__ import annotations

import mailbox
import zipfile
from email.message import EmailMessage
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random
    from pathlib import Path

PLACES = ("Ford", "Aldermoor", "Quell", "Harrow", "Tarn", "Lisle", "Brack", "Merrow")
WORDS = ("council", "ferry", "bridge", "harbour", "budget", "school", "tower", "signal", "vote")
QUESTIONS = tuple(f"What did the bridge at {place} cost?" for place in PLACES)


class ChangingFolder:
    """Files, archives and a mailbox, changed a little at a time."""

    def __init__(self, path: Path, chance: random.Random) -> None:
        self.path = path
        self._chance = chance
        self._made = 0
        path.mkdir()
        for _ in range(8):
            self._add()
        self._pack()
        self._post()

    def change(self) -> str:
        """Make one change and return what it was."""
        actions = (self._add, self._rewrite, self._rename, self._delete, self._pack, self._post)
        action = self._chance.choices(actions, weights=(3, 4, 3, 3, 2, 2))[0]
        action()
        return action.__name__.removeprefix("_")

    def story(self) -> str:
        """Return a story of its own, or one that was taken from another file."""
        texts = self._texts()
        if texts and self._chance.random() < 0.2:
            return self._chance.choice(texts).read_text(encoding="utf-8")
        place = self._chance.choice(PLACES)
        first = f"The bridge at {place} cost £{self._chance.randrange(1, 900)}m."
        return "\n\n".join((first, *(self._paragraph() for _ in range(self._chance.randrange(4)))))

    def _paragraph(self) -> str:
        sentences = (
            f"The {' '.join(self._chance.choices(WORDS, k=12))} of {self._chance.choice(PLACES)}."
            for _ in range(self._chance.randrange(1, 9))
        )
        return " ".join(sentences)

    def _texts(self) -> list[Path]:
        return sorted(self.path.rglob("*.txt"))

    def _name(self) -> Path:
        self._made += 1
        folder = self.path / self._chance.choice(("", "north", "south/old"))
        folder.mkdir(parents=True, exist_ok=True)
        return folder / f"{self._made:04d}.txt"

    def _add(self) -> None:
        self._name().write_text(self.story(), encoding="utf-8")

    def _rewrite(self) -> None:
        if texts := self._texts():
            text = self.story()
            self._chance.choice(texts).write_text(text, encoding="utf-8")

    def _rename(self) -> None:
        if texts := self._texts():
            self._chance.choice(texts).rename(self._name())

    def _delete(self) -> None:
        texts = self._texts()
        if len(texts) > 4:
            self._chance.choice(texts).unlink()

    def _pack(self) -> None:
        with zipfile.ZipFile(self.path / "wire.zip", "w") as archive:
            for number in range(self._chance.randrange(1, 5)):
                archive.writestr(f"wire-{number}.txt", self.story())

    def _post(self) -> None:
        box = mailbox.mbox(self.path / "letters.mbox")
        for key in box.keys()[: self._chance.randrange(3)]:
            box.remove(key)
        for _ in range(self._chance.randrange(1, 3)):
            letter = EmailMessage()
            letter["From"], letter["Subject"] = "desk@example.org", "A letter"
            letter["Date"] = "Mon, 1 Jun 2026 09:00:00 +0000"
            letter.set_content(self.story())
            box.add(letter)
        box.close()
