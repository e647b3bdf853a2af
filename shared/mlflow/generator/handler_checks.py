"""What the server's handlers require of a request, taken from the checks that they really run.

Each handler passes its message and a table of checks to one function. Here that function is replaced by one that
keeps the table, and the handler is called: nothing is read from MLflow's source text.
"""

import inspect
from dataclasses import dataclass, field

from installed_server import app, handlers


@dataclass
class RequestChecks:
    """`nested` maps a list to the fields that each item must have, `bounds` a number or a list's length to its limits."""

    required: set[str] = field(default_factory=set)
    nested: dict[str, set[str]] = field(default_factory=dict)
    bounds: dict[str, tuple[int | None, int]] = field(default_factory=dict)


class _Captured(BaseException):
    """Leaves a handler before it acts; not an Exception, so that no handler turns it into a response."""

    def __init__(self, table: dict | None) -> None:
        super().__init__()
        self.table = table or {}


class _UntouchedStore:
    """Stands for a store; a handler that uses it first requires nothing of its request."""

    def __getattr__(self, name: str):
        raise _Captured(None)


class _Demanded(str):
    """The value of a key that a check looked up; says which key."""


class _Item(dict):
    def get(self, key, default=None):
        return _Demanded(key)


class _Probe(list):
    """A list of one item that also passes for a number; checks are run on it."""

    def __int__(self) -> int:
        return 1


def read_handler_checks() -> dict[str, RequestChecks]:
    """Checks by the full name of the request message."""
    _replace(
        {
            "_get_request_message": lambda message, flask_request=None, schema=None: _raise(_Captured(schema)),
            "_get_workspace_request_message": lambda message, schema=None: _raise(_Captured(schema)),
            "_get_tracking_store": lambda *_: _UntouchedStore(),
            "_get_model_registry_store": lambda *_: _UntouchedStore(),
            "_get_workspace_store": lambda *_: _UntouchedStore(),
            "_get_job_store": lambda *_: _UntouchedStore(),
            "_get_workspace_scoped_repo_path_if_enabled": lambda path: path,
            "_get_artifact_repo_mlflow_artifacts": lambda *_: _raise(_Captured(None)),
        }
    )
    tables = {message.DESCRIPTOR.full_name: _capture(handler) for message, handler in handlers.HANDLERS.items()}
    return {name: _examine(table) for name, table in tables.items()}


def _raise(error: BaseException):
    raise error


def _replace(functions: dict) -> None:
    for name, function in functions.items():
        if not hasattr(handlers, name):
            raise RuntimeError(f"MLflow's handlers no longer have {name}")
        setattr(handlers, name, function)


def _capture(handler) -> dict:
    arguments = {name: "example" for name in inspect.signature(handler).parameters}
    with app.test_request_context("/", method="POST", json={}):
        try:
            handler(**arguments)
        except _Captured as captured:
            return captured.table
    raise RuntimeError(f"{handler.__name__} answered without reading its request or a store")


def _examine(table: dict) -> RequestChecks:
    checks = RequestChecks()
    required = handlers._assert_required
    for name, functions in table.items():
        if required in functions or handlers._assert_secret_value in functions:
            checks.required.add(name)
        for function in functions:
            if function not in handlers._TYPE_VALIDATORS and function is not required:
                _try(function, name, checks)
    return checks


def _try(function, name: str, checks: RequestChecks) -> None:
    """Runs one check on a probe, with the functions that it calls replaced by ones that note their limits."""

    def note_required(value, path=None):
        if isinstance(value, _Demanded):
            checks.nested.setdefault(name, set()).add(str(value))

    def note_maximum(value, maximum, message=None):
        checks.bounds[name] = (None, maximum)

    def note_range(value, minimum, maximum, message=None):
        checks.bounds[name] = (minimum, maximum)

    originals = {name: getattr(handlers, name) for name in ("_assert_required", "_assert_less_than_or_equal", "_assert_intlike_within_range")}
    _replace(dict(zip(originals, (note_required, note_maximum, note_range))))
    try:
        function(_Probe([_Item()]))
    finally:
        _replace(originals)
