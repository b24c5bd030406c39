"""Nothing in the source can turn data into code."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCE = Path(__file__).parents[2] / "src"
MODULES = {
    "_pickle",
    "cPickle",
    "cloudpickle",
    "code",
    "dill",
    "ftplib",
    "imp",
    "joblib",
    "marshal",
    "pickle",
    "pickletools",
    "runpy",
    "shelve",
    "telnetlib",
    "xml",
    "xmlrpc",
}
CALLS = {
    "eval",
    "exec",
    "compile",
    "__import__",
    "os.system",
    "os.popen",
    "os.execv",
    "os.execvp",
    "os.spawnv",
    "torch.load",
    "yaml.unsafe_load",
    "yaml.full_load",
    "pandas.read_pickle",
    "shutil.unpack_archive",
    "tempfile.mktemp",
}
HARMLESS = {"xml.sax.saxutils"}
"""It escapes, and parses nothing."""
METHODS = {"bind_tools", "enable_load_extension", "extractall", "load_extension"}
LOADERS = {"_StringsLoader", "SafeLoader", "CSafeLoader", "BaseLoader"}


def dotted(node: ast.expr) -> str:
    """Return the dotted name of an expression, or nothing."""
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else "?"


def calls(tree: ast.AST) -> Iterator[str]:
    """Yield what is wrong with the calls of a module."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = dotted(node.func)
        given = {word.arg: word.value for word in node.keywords}
        if name in CALLS or name.rpartition(".")[2] in METHODS:
            yield name
        if name in {"np.load", "numpy.load"} and not _says(given.get("allow_pickle"), said=False):
            yield "numpy.load without allow_pickle=False"
        if name == "yaml.load" and dotted(given.get("Loader", ast.Name(""))) not in LOADERS:
            yield "yaml.load without a safe loader"
        for word in ("shell", "trust_remote_code", "allow_pickle"):
            if word in given and not _says(given[word], said=False):
                yield f"{name} with {word}"


def _says(value: ast.expr | None, *, said: bool) -> bool:
    return isinstance(value, ast.Constant) and value.value is said


def imports(tree: ast.AST) -> Iterator[str]:
    """Yield the modules that a module imports and should not."""
    for node in ast.walk(tree):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [each.name for each in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        found = (name for name in names if name not in HARMLESS)
        yield from (name for name in found if name.partition(".")[0] in MODULES)


def wrong(tree: ast.AST) -> list[str]:
    """Return everything that is wrong with a module."""
    return [*calls(tree), *imports(tree)]


@pytest.fixture(scope="module")
def trees() -> dict[Path, ast.AST]:
    """Return every source of the product, parsed."""
    files = sorted(SOURCE.rglob("*.py"))
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in files}


def test_no_source_turns_data_into_code(trees: dict[Path, ast.AST]) -> None:
    assert len(trees) > 300
    found = {str(path): wrong(tree) for path, tree in trees.items()}
    assert {name: problems for name, problems in found.items() if problems} == {}


@pytest.mark.parametrize(
    "source",
    [
        "import pickle",
        "from xml.etree import ElementTree",
        "eval(words)",
        "np.load(path)",
        "np.load(path, allow_pickle=True)",
        "yaml.load(words, Loader=yaml.Loader)",
        "yaml.unsafe_load(words)",
        "subprocess.run(words, shell=True)",
        "AutoModel.from_pretrained(name, trust_remote_code=trusted)",
        "archive.extractall(folder)",
        "torch.load(path)",
        "os.system(words)",
    ],
)
def test_the_check_finds_what_it_should(source: str) -> None:
    assert wrong(ast.parse(source))


def test_modules_that_are_imported_by_name_are_our_own(trees: dict[Path, ast.AST]) -> None:
    computed = [
        f"{path.name}: {ast.unparse(node)}"
        for path, tree in trees.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and dotted(node.func) in {"import_module", "importlib.import_module"}
        and not ast.unparse(node.args[0]).startswith(("f'groundwire.", "_HOME_OF["))
    ]
    assert computed == []
