"""A test case that has the emulator at hand."""
import time
import unittest
import uuid


class Session:
    """What a run of tests has: the emulator, and what was called. `run.py` sets the only one."""

    current = None

    def __init__(self, emulator, calls):
        self.emulator, self.calls = emulator, calls


class InteropCase(unittest.TestCase):
    """A test case with the session of the run."""

    maxDiff = None

    @property
    def emulator(self):
        return Session.current.emulator

    @staticmethod
    def name(kind):
        """An id that no other test has."""
        return "%s-%s" % (kind, uuid.uuid4().hex[:10])

    def eventually(self, what, condition, patience=30):
        """Asks until a condition holds, and returns what it said then."""
        deadline = time.monotonic() + patience
        while True:
            answer = condition()
            if answer is not None and answer is not False:
                return answer
            if time.monotonic() > deadline:
                self.fail("not within %d s: %s" % (patience, what))
            time.sleep(0.05)
