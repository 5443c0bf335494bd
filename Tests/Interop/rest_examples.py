#!/usr/bin/env python3
"""Sends the examples of the public REST specification of the Batch service to the emulator, and tells what it accepts.

usage: python3 Tests/Interop/rest_examples.py SPECIFICATION --emulator PROGRAM

SPECIFICATION is `specification/batch/data-plane` of a checkout of github.com/Azure/azure-rest-api-specs, or a folder in
it. Each example is sent in its version, to an emulator of its own that has what the example presupposes. What it says is
kept but for the ids of nodes, which only the service gives, the separators of paths, which are those of Windows, and the
account that logs go to, which may be somebody's. It is accepted when the status of the answer is the example's, and
sent once more with images and times of today when it is not. Prints a table of the versions, one of the refusals, and
where answers are not as their version describes them. A refusal that `support/refusals.py` does not explain is a
failure, and so is an answer of another form.
"""
import argparse
import concurrent.futures
import os
import sys
import tempfile
import zipfile

HERE = os.path.dirname(os.path.abspath(__file__))
# How many seconds nodes take that nobody waits for.
NEVER = "3600"


class Outcome:
    """What became of an example."""

    def __init__(self, example, answer=None):
        self.example, self.accepted, self.differences = example, False, []
        # What became of it with images and times of today.
        self.today = None
        if answer is None:
            self.status, self.code, self.reason = 0, "IncompleteExample", ", ".join(example.missing)
            return
        self.status, self.accepted = answer.status, answer.status in example.statuses
        self.code, self.reason = ("", "") if self.accepted else answer.refusal
        self.differences = example.differences(answer)

    @property
    def last(self):
        return self.today or self


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("specification")
    parser.add_argument("--emulator", required=True, help="the program azure-emulator")
    parser.add_argument("--only", default="", help="a part of the names of the examples to send")
    arguments = parser.parse_args()
    sys.dont_write_bytecode = True
    sys.path.insert(0, HERE)

    from support.specification import specifications

    examples = [
        example for specification in specifications(arguments.specification) for example in specification.examples()
        if arguments.only in example.name]
    if not examples:
        sys.exit("No examples of the Batch service are there.")
    with tempfile.TemporaryDirectory(prefix="interop-") as directory:
        package = os.path.join(directory, "package.zip")
        with zipfile.ZipFile(package, "w") as archive:
            archive.writestr("package.txt", "content\n")
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            program = os.path.abspath(arguments.emulator)
            outcomes = list(pool.map(lambda example: outcome(example, program, package), examples))
    print_versions(outcomes)
    explained = print_refusals(outcomes)
    differences = print_differences(outcomes)
    return 0 if explained and not differences else 1


def outcome(example, program, package):
    """Sends an example as it is, and when it is refused as it would be today."""
    from support.today import of_today

    if example.missing:
        return Outcome(example)
    first = send(example, program, package)
    body = of_today(example.body)
    if not first.accepted and body != example.body:
        example.body = body
        first.today = send(example, program, package)
    return first


def send(example, program, package):
    """Sends an example to an emulator of its own."""
    from support.batch_account import BatchAccount
    from support.emulator import Emulator
    from support.presuppositions import Presuppositions, needs_nodes
    from support.specification import values_of

    options = [] if needs_nodes(example) else ["--allocation-time", NEVER]
    for application in sorted(set(values_of([example.body, example.path_values], "applicationId"))):
        options += ["--application", "%s=1.0=%s" % (application, package)]
    with Emulator(program, *options) as emulator:
        account = BatchAccount(emulator.batch_endpoint, emulator.batch_account, emulator.batch_key)
        try:
            Presuppositions(example, account, emulator).make()
        except Exception as error:
            raise RuntimeError("%s, %s: %s" % (example.version, example.name, error)) from error
        answer = account.send(
            example.method, example.path, example.query, example.headers, example.body, example.version)
        return Outcome(example, answer)


def print_versions(outcomes):
    """Prints how many examples of each version are accepted."""
    versions = {}
    for each in outcomes:
        versions.setdefault(each.example.version, []).append(each)
    print("| version | examples | accepted | with images and times of today | refused |\n|---|---|---|---|---|")
    for version, group in list(versions.items()) + [("together", outcomes)]:
        accepted = sum(each.accepted for each in group)
        today = sum(each.last.accepted for each in group)
        print("| %s | %d | %d | %d | %d |" % (version, len(group), accepted, today, len(group) - today))


def print_refusals(outcomes):
    """Prints what is refused and why, and says whether all of that is explained."""
    from support.refusals import explanation

    refusals, explained = {}, True
    for each in outcomes:
        if each.accepted:
            continue
        whys = []
        for refusal in [each] + ([each.today] if each.today and not each.today.accepted else []):
            why = explanation(refusal.code, refusal.reason)
            explained = explained and why is not None
            whys.append(why or "UNEXPLAINED: " + refusal.reason)
        key = ("; ".join(whys), each.last.accepted, each.status or "", each.code)
        refusals.setdefault(key, []).append(each.example)
    print("\n| why it is refused | examples | versions | sent | answer | today |\n|---|---|---|---|---|---|")
    for (why, today, status, code), examples in sorted(refusals.items(), key=lambda each: -len(each[1])):
        names = ", ".join("`%s`" % name for name in sorted({example.name for example in examples}))
        versions = sorted({example.version for example in examples})
        span = versions[0] if len(versions) == 1 else "%s to %s" % (versions[0], versions[-1])
        print("| %s | %s | %s | %d | %s `%s` | %s |" % (
            why, names, span, len(examples), status, code, "accepted" if today else "refused"))
    return explained


def print_differences(outcomes):
    """Prints where answers are not as their version describes them, and says how many are so."""
    found = {}
    for each in outcomes:
        for difference in each.last.differences:
            found.setdefault((each.example.name, difference), []).append(each.example.version)
    for (name, difference), versions in sorted(found.items()):
        print("%s: in the answer, %s (%s)" % (name, difference, ", ".join(versions)))
    return len(found)


if __name__ == "__main__":
    sys.exit(main())
