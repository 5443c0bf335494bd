#!/usr/bin/env python3
"""Runs the live tests that azure-batch has of its own against the emulator.

usage: PYTHON Tests/Interop/run_official.py --emulator PROGRAM --runner RUNNER

PYTHON is an interpreter that has what official/requirements.txt names. The tests are taken from the package's source on
PyPI. They need accounts and pools that are made through Azure Resource Manager, so a program has to stand in for that:
RUNNER, a Python program that is no part of this package. It is called with `--suite batch --sdist ARCHIVE --venv
DIRECTORY --out FILE`, finds the emulator in the environment (EMULATOR_BATCH_URL, _ACCOUNT and _KEY), and writes JSON
with `totals`: how many have `passed`, `failed`, or hung (`timeout`).
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile
from importlib.metadata import version

HERE = os.path.dirname(os.path.abspath(__file__))
# How many live tests the package has that an emulator can pass.
EXPECTED = {"15.1.0": 30}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--emulator", required=True, help="the program azure-emulator")
    parser.add_argument("--runner", required=True, help="the program that runs the tests")
    arguments = parser.parse_args()
    sys.dont_write_bytecode = True
    sys.path.insert(0, HERE)

    from support.emulator import Emulator

    release = version("azure-batch")
    with tempfile.TemporaryDirectory(prefix="interop-") as directory:
        archive = download(release, directory)
        results = os.path.join(directory, "results.json")
        # One test stops a resize, so resizes have to take a moment.
        with Emulator(os.path.abspath(arguments.emulator), "--allocation-time", "1") as emulator:
            environment = dict(
                os.environ, EMULATOR_BATCH_URL=emulator.batch_endpoint, EMULATOR_BATCH_ACCOUNT=emulator.batch_account,
                EMULATOR_BATCH_KEY=emulator.batch_key)
            subprocess.run(
                [sys.executable, os.path.abspath(arguments.runner), "--suite", "batch", "--sdist", archive, "--venv",
                 sys.prefix, "--out", results], env=environment, check=True)
        with open(results, encoding="utf-8") as file:
            return judge(json.load(file), release)


def download(release, directory):
    """Gets the source of the package, with its tests, from PyPI."""
    subprocess.run(
        [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", ":all:", "--dest", directory,
         "azure-batch==" + release], check=True)
    archive, = [name for name in os.listdir(directory) if name.endswith(".tar.gz")]
    return os.path.join(directory, archive)


def judge(results, release):
    """Prints what did not pass, and says whether everything did."""
    totals = results["totals"]
    passed = totals.get("passed", 0)
    for test in results.get("tests", []):
        if test.get("outcome") in ("failed", "timeout"):
            print("FAIL: %s: %s" % (test.get("id"), test.get("message")))
    print("official tests of azure-batch %s: %d of %d" % (release, passed, EXPECTED[release]))
    failed = totals.get("failed", 0) + totals.get("timeout", 0)
    return 0 if passed >= EXPECTED[release] and failed == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
