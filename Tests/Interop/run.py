#!/usr/bin/env python3
"""Runs the tests of one client of others against the emulator.

usage: PYTHON Tests/Interop/run.py SUITE --emulator PROGRAM

SUITE is a folder beside this file; PYTHON an interpreter that has what the folder's requirements.txt names. Each of the
public methods that a client has, as `client.py` of its folder tells, has to be called. `Scripts/test-interop` does all
of this.
"""
import argparse
import importlib
import os
import sys
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("suite")
    parser.add_argument("--emulator", required=True, help="the program azure-emulator")
    parser.add_argument("--report", help="a file for the beginning of the client's row in Docs/Testing.md")
    arguments = parser.parse_args()
    sys.dont_write_bytecode = True
    folder = os.path.join(HERE, arguments.suite)
    sys.path[:0] = [HERE, folder]

    from support.calls import Calls
    from support.case import Session
    from support.emulator import Emulator

    client = importlib.import_module("client")
    with Emulator(os.path.abspath(arguments.emulator)) as emulator:
        Session.current = Session(emulator, Calls())
        tests = unittest.defaultTestLoader.discover(folder, top_level_dir=folder)
        result = unittest.TextTestRunner(verbosity=2).run(tests)
        passed = result.wasSuccessful() and result.testsRun > 0 and not result.skipped
        return 0 if covers_all(client, Session.current.calls, arguments.report) and passed else 1


def covers_all(client, calls, report):
    """Prints how much of a client was called, and says whether that is all."""
    methods = client.public_methods()
    missing = sorted(methods - calls.completed)
    row = "| %s | %s | %d of %d |" % (client.PACKAGE, client.VERSION, len(methods) - len(missing), len(methods))
    print(row)
    if report:
        with open(report, "w", encoding="utf-8") as file:
            file.write(row)
    for method in missing:
        print("never called to its end: %s" % method)
    return not missing


if __name__ == "__main__":
    sys.exit(main())
