"""MLflow's own comments, read from the wheel's type stubs; only for a copy that is not published."""

import ast
import inspect
import re
import sys
from pathlib import Path


class DocComments:
    """Adds the comment of a message, enum or field to its schema; adds nothing unless enabled."""

    def __init__(self, enabled: bool) -> None:
        self._enabled = enabled
        self._comment_of: dict[str, str] = {}
        self._read_files: set[str] = set()

    def describe(self, schema: dict, descriptor) -> None:
        comment = self._comment(descriptor) if self._enabled else None
        if comment and "$ref" not in schema:
            schema["description"] = comment

    def _comment(self, descriptor) -> str | None:
        file = descriptor.file
        if file.name not in self._read_files:
            self._read_files.add(file.name)
            self._read(file)
        return self._comment_of.get(descriptor.full_name)

    def _read(self, file) -> None:
        module = sys.modules.get("mlflow.protos." + file.name.replace(".proto", "_pb2").replace("/", "."))
        stub = Path(module.__file__).with_suffix(".pyi") if module and module.__file__ else None
        if stub and stub.exists():
            self._collect(ast.parse(stub.read_text(encoding="utf-8")).body, file.package)

    def _collect(self, body: list[ast.stmt], scope: str) -> None:
        for statement, following in zip(body, [*body[1:], None]):
            if isinstance(statement, ast.ClassDef):
                name = re.sub(r"^_(\w+)EnumTypeWrapper$", r"\1", statement.name)
                self._remember(f"{scope}.{name}", ast.get_docstring(statement))
                self._collect(statement.body, f"{scope}.{name}")
            elif isinstance(statement, ast.FunctionDef):
                self._remember(f"{scope}.{statement.name}", ast.get_docstring(statement))
            elif isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
                self._remember(f"{scope}.{statement.target.id}", _string_literal(following))

    def _remember(self, name: str, comment: str | None) -> None:
        if comment:
            without_roles = re.sub(r":(?:ref|py:\w+):`([^`<]+?)(?:\s*<[^>]+>)?`", r"`\1`", inspect.cleandoc(comment))
            self._comment_of.setdefault(name, without_roles.replace("``", "`").strip())


def _string_literal(statement: ast.stmt | None) -> str | None:
    is_literal = isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
    return statement.value.value if is_literal and isinstance(statement.value.value, str) else None
