"""Results as the records keep them, read back as far as an export shows them.

They were written by this program or by an older version of it: unknown fields are ignored, and
whatever is missing is empty.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from pydantic import BaseModel, ConfigDict, ValidationError

from groundwire.domain.families import Corroboration
from groundwire.domain.retrieval import Scope

if TYPE_CHECKING:
    from collections.abc import Mapping


class _Part(BaseModel):
    """A part of a stored result: frozen, and fields of other versions are passed over."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class Cited(_Part):
    """The characters that something rests on."""

    n: int = 0
    path: str = ""
    start: int = 0
    end: int = 0
    quote: str = ""
    locator: str = ""


class Sentence(_Part):
    """One sentence with what it rests on."""

    text: str
    gloss: str | None = None
    citations: tuple[Cited, ...] = ()


class Outlet(_Part):
    """Where a copy stands."""

    source: str = ""
    path: str = ""


class Found(_Part):
    """A passage, or a whole document, with what is known of it."""

    n: int = 0
    title: str = ""
    source: str = ""
    published: str | None = None
    path: str = ""
    locator: str = ""
    start: int = 0
    passage: str = ""
    copies: tuple[Outlet, ...] = ()


class Silence(_Part):
    """Why nothing was answered, and the closest passages."""

    reason: str
    nearest: tuple[Found, ...] = ()
    closest: tuple[tuple[int, int], ...] = ()


class Side(Cited):
    """One side of a difference."""

    source: str = ""
    published: str | None = None
    value: str | None = None
    speaker: str = ""


class Differing(_Part):
    """What statements give different values for."""

    label: str
    kind: str = ""
    about: str = ""
    statements: tuple[Side, ...] = ()


class QuotedAt(Cited):
    """Where the words of a quotation stand."""

    title: str = ""
    source: str = ""
    published: str | None = None
    sentence: str = ""


class Days(_Part):
    """From which to which day."""

    first: date
    last: date


class Happened(_Part):
    """One line of a timeline."""

    when: Days
    claim: Sentence
    planned: bool = False


class Label(_Part):
    """The name of a matter that a summary leaves out."""

    label: str


class Covered(_Part):
    """What a summary stands on."""

    documents: int = 0
    documents_total: int = 0
    paragraphs: int = 0
    paragraphs_total: int = 0
    missing: tuple[Label, ...] = ()


class Counted(_Part):
    """How many documents and independent reports."""

    documents: int = 0
    independent: int = 0


class Filters(_Part):
    """The scope that was in force."""

    documents: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    as_of: date | None = None


class Stored(_Part):
    """Whatever sort of result."""

    standalone: str = ""
    style: str = ""
    claims: tuple[Sentence, ...] = ()
    events: tuple[Happened, ...] = ()
    abstention: Silence | None = None
    evidence: tuple[Cited, ...] = ()
    places: tuple[QuotedAt, ...] = ()
    left: Found | None = None
    right: Found | None = None
    sources: tuple[Found, ...] = ()
    conflicts: tuple[Differing, ...] = ()
    families: Counted = Counted()
    coverage: Covered | None = None
    filters: Filters = Filters()

    @classmethod
    def read(cls, result: Mapping[str, object]) -> Self:
        """Return a stored result; an empty one where it has another form than this one knows."""
        try:
            return cls.model_validate(dict(result))
        except ValidationError:
            return cls()

    @property
    def scope(self) -> Scope:
        """The scope that was in force; everything where the stored one is none."""
        try:
            return Scope(**dict(self.filters))
        except ValueError:
            return Scope()

    @property
    def corroboration(self) -> str:
        """On how many documents and independent reports it stands, in words, if on several."""
        counted = self.families
        if counted.documents < 2 or not 0 < counted.independent <= counted.documents:  # noqa: PLR2004 -- several
            return ""
        return Corroboration(counted.documents, counted.independent).words
