"""A Chroma server: its address, how long it is waited for, and what is asked of it.

Chroma's own client waits for ever, so one that stands still would hold every question. It also
leaves connections and parts of itself behind whenever it is closed, so here its interface
to one server is used, and not the client around it.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, unquote, urlsplit

if TYPE_CHECKING:
    from chromadb.api.models.Collection import Collection

ANSWER_S = 5.0
"""Seconds that a question waits for each reply; then it is answered from the catalog alone."""
WRITE_S = 120.0
"""Seconds that a writer waits for each reply; a batch is written and indexed in a few."""

_BATCH = 1_000
_PORTS = {"http": 8000, "https": 443}


@dataclass(frozen=True, slots=True)
class Address:
    """Where vectors are kept on a server.

    Attributes:
        base: The address without name, password and query, its port always given.
        authorization: Value of the header of that name; empty for none.
        tenant: Chroma's tenant.
        database: Chroma's database.
    """

    base: str
    authorization: str
    tenant: str
    database: str

    @classmethod
    def parse(cls, url: str) -> Address:
        """Read ``http[s]://[user:password@]host[:port][/path][?tenant=…&database=…]``.

        Raises:
            ValueError: It is none; the message does not repeat a password.
        """
        parts = urlsplit(url)
        fields = dict(parse_qsl(parts.query, keep_blank_values=True))
        known = fields.keys() <= {"tenant", "database"} and all(fields.values())
        if parts.scheme not in _PORTS or not parts.hostname or not known or parts.fragment:
            raise ValueError("index.url is no address such as http://host:8000")
        host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
        port = parts.port or _PORTS[parts.scheme]
        return cls(
            f"{parts.scheme}://{host}:{port}{parts.path.rstrip('/')}",
            _basic(parts.username or "", parts.password or ""),
            fields.get("tenant", "default_tenant"),
            fields.get("database", "default_database"),
        )


def shown(url: str) -> str:
    """Return an address as it may be shown: without name, password and query."""
    try:
        return Address.parse(url).base
    except ValueError:
        return "index.url"


class ServerClient:
    """The collections of one database on a server. Opening it asks the server nothing."""

    def __init__(self, url: str, settings: Any) -> None:  # noqa: ANN401  # Chroma's own type is not known before its import
        """Make the connection's parts.

        Args:
            url: The address, as ``Address.parse`` reads it.
            settings: Chroma's settings, to which the address is added.

        Raises:
            ValueError: It is no address.
        """
        from chromadb.api.fastapi import FastAPI
        from chromadb.config import System

        self._address = Address.parse(url)
        settings.chroma_api_impl = "chromadb.api.fastapi.FastAPI"
        settings.chroma_server_host = self._address.base
        settings.chroma_server_http_port = urlsplit(self._address.base).port
        settings.chroma_server_ssl_enabled = self._address.base.startswith("https:")
        settings.chroma_server_headers = (
            {"Authorization": self._address.authorization} if self._address.authorization else {}
        )
        self._api = FastAPI(System(settings))
        self.wait(ANSWER_S)

    def wait(self, seconds: float) -> None:
        """Wait so long for each connection, and each further byte, from now on."""
        self._api._session.timeout = seconds  # noqa: SLF001  # nothing public sets it

    def find(self, name: str) -> Collection | None:
        """Return a collection; None if the server has none of that name."""
        from chromadb.errors import NotFoundError

        try:
            return self._wrapped(self._api.get_collection(name, *self._within))
        except NotFoundError:
            return None

    def make(self, name: str) -> Collection:
        """Return a collection, and make it if it is not there."""
        made = self._api.create_collection(
            name,
            configuration={"hnsw": {"space": "cosine"}},
            get_or_create=True,
            tenant=self._address.tenant,
            database=self._address.database,
        )
        return self._wrapped(made)

    def delete_collection(self, name: str) -> None:
        """Remove a collection and everything in it; one that is not there is ignored."""
        from chromadb.errors import NotFoundError

        try:
            self._api.delete_collection(name, *self._within)
        except NotFoundError:
            return

    def get_max_batch_size(self) -> int:
        """Return how many vectors may be sent at once; servers need not say it."""
        said = int(self._api.get_max_batch_size())
        return said if said > 0 else _BATCH

    def close(self) -> None:
        """Close the connections."""
        self._api._session.close()  # noqa: SLF001  # nothing public closes them

    @property
    def _within(self) -> tuple[str, str]:
        return self._address.tenant, self._address.database

    def _wrapped(self, model: Any) -> Collection:  # noqa: ANN401  # Chroma's own type, as above
        from chromadb.api.models.Collection import Collection

        return Collection(client=self._api, model=model, embedding_function=None)


def _basic(user: str, password: str) -> str:
    if not user and not password:
        return ""
    pair = f"{unquote(user)}:{unquote(password)}".encode()
    return f"Basic {base64.b64encode(pair).decode()}"
