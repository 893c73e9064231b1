"""Steps of a test, one after the other."""

import time
import traceback


def run(steps, *arguments, afterwards=lambda: None):
    """Calls every step and says how it went; one that fails does not hide the others. (passed, failed)"""
    passed = failed = 0
    for step in steps:
        begun = time.monotonic()
        try:
            step(*arguments)
            passed += 1
            print(f"ok    {step.__name__} ({time.monotonic() - begun:.1f} s)", flush=True)
        except Exception as error:
            failed += 1
            traceback.print_exc()
            print(f"FAIL  {step.__name__}: {error}", flush=True)
            afterwards()
    return passed, failed
