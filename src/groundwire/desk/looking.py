"""Looking at what is indexed, without asking anything of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from groundwire.desk.naming import the_one
from groundwire.desk.recalling import Recalling
from groundwire.domain.retrieval import EVERYTHING

if TYPE_CHECKING:
    from groundwire.domain.documents import Document, DocumentInfo
    from groundwire.domain.families import Family
    from groundwire.domain.retrieval import Scope
    from groundwire.retrieve.accounts import Account


class Looking(Recalling):
    """A desk that shows its documents."""

    def docs(self, scope: Scope | None = None) -> tuple[DocumentInfo, ...]:
        """Return the indexed documents of a scope, by path."""
        with self._parts.store.snapshot() as snapshot:
            return snapshot.documents(scope or EVERYTHING)

    def families(self, scope: Scope | None = None) -> tuple[Family, ...]:
        """Return the copy families of a scope: reports with the documents that copy them."""
        from groundwire.desk.listing import families_of

        return families_of(self._parts, scope or EVERYTHING)

    def show(self, document: str) -> Document:
        """Return a document with its text of record.

        Args:
            document: Its id, path, title, a part of these, or a glob that fits only it.

        Raises:
            NotFoundError: None fits, or several do.
        """
        with self._parts.store.snapshot() as snapshot:
            return snapshot.document(the_one(snapshot.find(document), document).id)

    def account(self, document: str) -> Account:
        """Return a document sentence by sentence, with stored vectors; named as for ``show``."""
        from groundwire.desk.comparing import account_called

        return account_called(self._parts, document)
