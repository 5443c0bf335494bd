#!/usr/bin/env python3
"""Kills the emulator again and again while clients write, and looks what is left in its data directory.

usage: PYTHON Tests/Interop/kills/kills.py --emulator PROGRAM [--rounds N] [--seed N]

PYTHON is an interpreter that has azure-storage-blob. In each round four clients put, stage, commit, append, copy, tag
and delete blobs until the process gets SIGKILL at a random moment. After the next start each blob has to be what was
acknowledged last, or what was being written at that moment: nothing lost, nothing torn, nothing that nobody wrote.
"""
import argparse
import base64
import os
import random
import shutil
import sys
import tempfile
import threading

from azure.core.exceptions import AzureError, ResourceExistsError, ResourceNotFoundError
from azure.storage.blob import BlobBlock, BlobServiceClient

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from support.emulator import Emulator  # noqa: E402

CLIENTS = 4
NAMES = 12
SIZES = [0, 10, 5000, 70_000, 300_000]


class Writer(threading.Thread):
    """Writes to blobs of its own. `states` has, for each name, the contents that it may have after a kill."""

    def __init__(self, number, connection, states, seed):
        super().__init__()
        self.random = random.Random(seed)
        self.states = states
        self.prefix = "w%d-" % number
        service = BlobServiceClient.from_connection_string(connection, retry_total=0, connection_timeout=5)
        self.container = service.get_container_client("box")
        self.must_end = threading.Event()
        self.failure = None
        self.writes = 0

    def run(self):
        while not self.must_end.is_set():
            try:
                self.write()
            except AzureError as error:
                # Without an answer, since the process has gone.
                if getattr(error, "status_code", None):
                    self.failure = error
                return

    def write(self):
        kind = self.random.randrange(10)
        # A blob of one kind takes no blocks of another.
        name = self.prefix + ("log" if kind == 7 else "") + str(self.random.randrange(NAMES))
        blob = self.container.get_blob_client(name)
        data = self.random.randbytes(self.random.choice(SIZES))
        before = self.states.get(name, [None])
        if kind < 4:
            self.states[name] = before + [data]
            blob.upload_blob(data, overwrite=True, tags={"size": str(len(data))})
        elif kind < 6:
            self.states[name] = before + [data]
            blocks = []
            for index, start in enumerate(range(0, len(data), 100_000)):
                block = base64.b64encode(b"%04d" % index).decode()
                blob.stage_block(block, data[start:start + 100_000])
                blocks.append(BlobBlock(block))
            blob.commit_block_list(blocks)
        elif kind < 7:
            other = self.container.get_blob_client(self.prefix + str(self.random.randrange(NAMES)))
            source = self.states.get(other.blob_name, [None])
            if len(source) != 1 or source[0] is None:
                return
            data = source[0]
            self.states[name] = before + [data]
            blob.start_copy_from_url(other.url)
        elif kind < 8:
            data = data[:5000] or b"line"
            if before == [None] or len(before[0] or b"") > 50_000:
                self.states[name] = before = before + [b""]
                blob.create_append_blob()
                self.states[name] = before = [b""]
            data = before[0] + data
            self.states[name] = before + [data]
            blob.append_block(data[len(before[0]):])
        else:
            data = None
            self.states[name] = before + [None]
            try:
                blob.delete_blob()
            except ResourceNotFoundError:
                pass
        self.states[name] = [data]
        self.writes += 1


def check(container, states):
    """Compares what is there with what may be; returns what is wrong."""
    wrong = []
    there = {blob.name for blob in container.list_blobs()}
    wrong += ["%s is there, and nobody wrote it" % name for name in there - states.keys()]
    for name, contents in states.items():
        found = container.get_blob_client(name).download_blob().readall() if name in there else None
        if found not in contents:
            wrong.append("%s has %s bytes, and is none of %d contents" % (
                name, "no" if found is None else len(found), len(contents)))
        states[name] = [found]
    return wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--emulator", required=True, help="the program azure-emulator")
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    moments = random.Random(arguments.seed)
    directory = tempfile.mkdtemp(prefix="kills-")
    states, wrong, writes = {}, [], 0
    try:
        for number in range(arguments.rounds + 1):
            with Emulator(os.path.abspath(arguments.emulator), "--data", directory) as emulator:
                connection = emulator.blob_connection_string
                container = BlobServiceClient.from_connection_string(connection).get_container_client("box")
                try:
                    container.create_container()
                except ResourceExistsError:
                    pass
                wrong += ["round %d: %s" % (number, text) for text in check(container, states)]
                if number == arguments.rounds:
                    break
                writers = [
                    Writer(index, connection, states, arguments.seed * 1_000_000 + number * 100 + index)
                    for index in range(CLIENTS)]
                for writer in writers:
                    writer.start()
                threading.Event().wait(moments.uniform(0.05, 1))
                emulator.kill()
                for writer in writers:
                    writer.must_end.set()
                    writer.join()
                    writes += writer.writes
                    if writer.failure:
                        wrong.append("round %d: %s" % (number, writer.failure))
    finally:
        shutil.rmtree(directory, ignore_errors=True)
    print("%d kills, %d writes that were acknowledged, %d wrong" % (arguments.rounds, writes, len(wrong)))
    for text in wrong:
        print(text)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
