"""`fluxrig` as it is used: real processes, real sockets, the examples of rig/examples.

`tests/rig/run.py BINARY [WORD...]`: the steps whose names contain one of the words, without words all. The last
line is `N passed, N failed`.
"""

import asyncio
import inspect
import os
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "python"))

import commands  # noqa: E402
import examples  # noqa: E402
import rack  # noqa: E402
import steps  # noqa: E402
import switch  # noqa: E402

rack.BINARY = os.path.abspath(sys.argv[1])


def as_step(function):
    def step():
        asyncio.run(asyncio.wait_for(function(), 180)) if inspect.iscoroutinefunction(function) else function()
    step.__name__ = f"{function.__module__}: {function.__name__.replace('_', ' ')}"
    return step


chosen = [as_step(function) for module in (commands, examples, switch) for function in module.STEPS]
if words := sys.argv[2:]:
    chosen = [step for step in chosen if any(word in step.__name__ for word in words)]
passed, failed = steps.run(chosen)
print(f"{passed} passed, {failed} failed")
sys.exit(1 if failed else 0)
