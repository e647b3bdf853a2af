"""Runs `mlflow server` in one process; takes the parameters of that command.

MLflow's own command imports all of MLflow, then starts uvicorn in a second process that imports it again, and waits.
That costs 3 s of processor time and 220 MB of memory more. Here uvicorn runs in the process that is there already;
everything else is MLflow's.
"""

import gc

gc.disable()  # until all of MLflow is imported: nothing of that is garbage, and looking for some takes a seventh of the time

import importlib
import os
import sys

import mlflow.server
import uvicorn
from mlflow.cli import cli


def run_here(command, *, extra_env, **_options):
    """Replaces the function that starts `python -m uvicorn ...`."""
    os.environ.update(extra_env)
    assert command[1:3] == ["-m", "uvicorn"], command
    importlib.import_module(command[-1].split(":")[0])
    gc.enable()
    uvicorn.main(command[3:])


assert callable(mlflow.server._exec_cmd)
mlflow.server._exec_cmd = run_here
cli(["server", *sys.argv[1:]])
