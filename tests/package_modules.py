"""The modules of the package and what each imports, read once for all tests of them."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

PACKAGE = Path(__file__).parents[1] / "qa_service"


@dataclass(frozen=True)
class Module:
    """`imported`: full names of all that it imports anywhere, also within functions."""

    imported: frozenset[str]
    prints: bool

    @cached_property
    def libraries(self) -> set[str]:
        """Top-level names of what it imports, the package's own among them."""
        return {name.split(".")[0] for name in self.imported}

    @cached_property
    def own_modules(self) -> set[str]:
        """Modules of the package that it imports, as "indexing/build"."""
        found = set()
        for name in self.imported:
            parts = name.split(".")[1:] if name.startswith("qa_service.") else []
            whole, parent = "/".join(parts), "/".join(parts[:-1])
            found |= {
                known
                for known in (whole, parent, f"{whole}/__init__", f"{parent}/__init__")
                if known in MODULES
            }
        return found


def module_of(tree: ast.AST) -> Module:
    """What is asked of a module or function; its tree, large as it is, is not kept."""
    imported, prints = set(), False
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            imported |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported |= {f"{'.' * node.level}{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            prints |= node.func.id == "print"
    return Module(frozenset(imported), prints)


def tree_of(module: str) -> ast.Module:
    return ast.parse((PACKAGE / f"{module}.py").read_text("utf-8"))


MODULES = {
    name: module_of(tree_of(name))
    for path in sorted(PACKAGE.rglob("*.py"))
    for name in [path.relative_to(PACKAGE).with_suffix("").as_posix()]
}
