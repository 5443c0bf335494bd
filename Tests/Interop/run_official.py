#!/usr/bin/env python3
"""Runs the live tests that azure-batch or azure-storage-blob has of its own against the emulator.

usage: PYTHON Tests/Interop/run_official.py --emulator PROGRAM --runner RUNNER [--suite batch|blob]

PYTHON is an interpreter that has what the requirements of official or official_blob name. The tests are taken from the
package's source on PyPI. They need accounts and pools that are made through Azure Resource Manager, so a program has to
stand in for that: RUNNER, a Python program that is no part of this package. It is called with `--suite SUITE --sdist
ARCHIVE --venv DIRECTORY --out FILE`, for blob also with `--only sync|async` and `--wipe`, finds the emulator in the
environment (EMULATOR_BATCH_URL, _ACCOUNT and _KEY, and the same with BLOB), and writes JSON with `totals`: how many have
`passed`, `failed`, or hung (`timeout`), and `tests`, each with `id`, `kind`, `outcome` and `message`.
"""
import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import threading
from importlib.metadata import version

HERE = os.path.dirname(os.path.abspath(__file__))
PACKAGES = {"batch": "azure-batch", "blob": "azure-storage-blob"}
# How many of the live tests that an emulator can pass do pass: all of them for azure-batch 15.1.0, and all but those that
# Docs/Testing.md names for azure-storage-blob 12.31.1.
EXPECTED = {("azure-batch", "15.1.0"): (30, 30), ("azure-storage-blob", "12.31.1"): (1516, 1516)}
# What is run at the same time, each with an emulator of its own.
PARTS = {"batch": [[]], "blob": [["--only", "sync", "--wipe"], ["--only", "async", "--wipe"]]}
# One test stops a resize, so resizes have to take a moment.
OPTIONS = {"batch": ["--allocation-time", "1"], "blob": []}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--emulator", required=True, help="the program azure-emulator")
    parser.add_argument("--runner", required=True, help="the program that runs the tests")
    parser.add_argument("--suite", choices=sorted(PACKAGES), default="batch", help="whose tests")
    arguments = parser.parse_args()
    sys.dont_write_bytecode = True
    sys.path.insert(0, HERE)

    package = PACKAGES[arguments.suite]
    release = version(package)
    with tempfile.TemporaryDirectory(prefix="interop-") as directory:
        archive = download(package, release, directory)
        results = [os.path.join(directory, "results-%d.json" % index) for index in range(len(PARTS[arguments.suite]))]
        threads = [
            threading.Thread(target=run, args=(arguments, archive, part, result))
            for part, result in zip(PARTS[arguments.suite], results)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        parts = []
        for result in results:
            if not os.path.exists(result):
                print("error: a part of the tests has not run")
                return 1
            with open(result, encoding="utf-8") as file:
                parts.append(json.load(file))
        return judge(parts, package, release)


def run(arguments, archive, part, results):
    """Runs a part of the tests with an emulator of its own."""
    from support.emulator import Emulator

    options = OPTIONS[arguments.suite]
    if arguments.suite == "blob":
        # As those run it who want to keep what they have.
        options = ["--data", results + ".data"]
    with Emulator(os.path.abspath(arguments.emulator), *options) as emulator:
        environment = dict(
            os.environ, EMULATOR_BATCH_URL=emulator.batch_endpoint, EMULATOR_BATCH_ACCOUNT=emulator.batch_account,
            EMULATOR_BATCH_KEY=emulator.batch_key, EMULATOR_BLOB_URL=emulator.blob_endpoint,
            EMULATOR_BLOB_ACCOUNT=emulator.blob_account, EMULATOR_BLOB_KEY=emulator.blob_key)
        subprocess.run(
            [sys.executable, os.path.abspath(arguments.runner), "--suite", arguments.suite, "--sdist", archive, "--venv",
             sys.prefix, "--out", results] + part, env=environment, check=True)


def download(package, release, directory):
    """Gets the source of the package, with its tests, from PyPI."""
    subprocess.run(
        [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", ":all:", "--dest", directory,
         package + "==" + release], check=True)
    archive, = [name for name in os.listdir(directory) if name.endswith(".tar.gz")]
    return os.path.join(directory, archive)


def known_misses():
    """The tests that Docs/Testing.md says are not passed, and why."""
    path = os.path.join(HERE, "..", "..", "Docs", "Testing.md")
    with open(path, encoding="utf-8") as file:
        return set(re.findall(r"`(test_\w+)`", file.read()))


def judge(parts, package, release):
    """Prints what did not pass, and says whether as much did as is expected, and all else is known."""
    known = known_misses()
    unknown = 0
    for test in [test for part in parts for test in part.get("tests", [])]:
        if test.get("outcome") in ("failed", "timeout") and test.get("kind", "live") == "live":
            name = re.sub(r"\[.*", "", test.get("id", "").split("::")[-1])
            unknown += name not in known
            print("%s: %s: %s" % ("KNOWN" if name in known else "FAIL", test.get("id"), test.get("message")))
    totals = [part["totals"] for part in parts]
    passed = sum(total.get("passed", 0) for total in totals)
    least, applicable = EXPECTED[(package, release)]
    print("official tests of %s %s: %d of %d" % (package, release, passed, applicable))
    return 0 if passed >= least and unknown == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
