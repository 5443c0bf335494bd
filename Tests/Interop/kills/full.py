#!/usr/bin/env python3
"""Fills the disk of an emulator's data directory, and looks what is left.

usage: PYTHON Tests/Interop/kills/full.py --emulator PROGRAM

PYTHON is an interpreter that has azure-storage-blob. The disk is a small one in memory, in a mount namespace of its own;
where none can be made nothing is tested, and this says so. Once there is no room both services have to answer with
500 and go on, all that was acknowledged has to be there, also after a kill, and when there is room again they take more.
"""
import argparse
import os
import subprocess
import sys
import tempfile

from azure.core.exceptions import HttpResponseError
from azure.storage.blob import BlobServiceClient

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from support.batch_account import BatchAccount  # noqa: E402
from support.emulator import Emulator  # noqa: E402


def in_namespace():
    """Runs this program again where it may mount; returns its exit code."""
    directory = tempfile.mkdtemp(prefix="full-")
    try:
        probe = ["unshare", "-rm", "mount", "-t", "tmpfs", "-o", "size=1m", "none", directory]
        if subprocess.run(probe, stderr=subprocess.DEVNULL, check=False).returncode != 0:
            print("skipped: no file system can be mounted here")
            return 0
        script = 'mount -t tmpfs -o size=12m none "$0" && exec "$@" --disk "$0"'
        command = ["unshare", "-rm", "sh", "-c", script, directory, sys.executable] + sys.argv
        return subprocess.run(command, check=False).returncode
    finally:
        os.rmdir(directory)


def job(number):
    # Much of it, so that a few of them fill what is left.
    return {
        "id": "job%d" % number, "poolInfo": {"poolId": "none"},
        "metadata": [{"name": "text", "value": os.urandom(20_000).hex()}]}


def fill(account, container, blobs, jobs):
    """Makes blobs and jobs until there is no room for either; returns the statuses of what was refused."""
    refused = set()
    for _ in range(20):
        if account.send("POST", "/jobs", body=job(len(jobs))).status == 201:
            jobs.append("job%d" % len(jobs))
    for size in (1_000_000, 30_000, 1000):
        for _ in range(2000):
            name, data = "blob%d" % len(blobs), os.urandom(size)
            try:
                container.upload_blob(name, data)
            except HttpResponseError as error:
                refused.add(error.status_code)
                break
            blobs[name] = data
    for _ in range(2000):
        status = account.send("POST", "/jobs", body=job(len(jobs))).status
        if status != 201:
            refused.add(status)
            break
        jobs.append("job%d" % len(jobs))
    return refused


def wrong(account, container, blobs, jobs):
    """What of that which was acknowledged is not there."""
    missing = [name for name, data in blobs.items() if container.download_blob(name).readall() != data]
    answer = account.send("GET", "/jobs")
    there = {entry["id"] for entry in answer.json["value"]} if answer.status == 200 else set()
    # A list is cut into pages of a thousand, which are not reached here.
    return missing + [name for name in jobs if name not in there]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--emulator", required=True, help="the program azure-emulator")
    parser.add_argument("--disk", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if not arguments.disk:
        return in_namespace()
    program, directory = os.path.abspath(arguments.emulator), os.path.join(arguments.disk, "data")
    blobs, jobs, faults = {}, [], []
    for start in range(2):
        with Emulator(program, "--data", directory) as emulator:
            service = BlobServiceClient.from_connection_string(emulator.blob_connection_string, retry_total=0)
            container = service.get_container_client("box")
            account = BatchAccount(emulator.batch_endpoint, emulator.batch_account, emulator.batch_key)
            if start == 0:
                container.create_container()
                refused = fill(account, container, blobs, jobs)
                if not refused or any(status < 500 for status in refused):
                    faults.append("what had no room was refused with %s" % sorted(refused))
            faults += ["start %d: %s" % (start, name) for name in wrong(account, container, blobs, jobs)]
            if start == 0:
                emulator.kill()
                continue
            subprocess.run(["mount", "-o", "remount,size=24m", arguments.disk], check=True)
            container.upload_blob("more", b"more")
            if account.send("POST", "/jobs", body=job(100_000)).status != 201:
                faults.append("there is room again, and a job is refused")
    print("%d blobs and %d jobs filled the disk; %d faults" % (len(blobs), len(jobs), len(faults)))
    for text in faults:
        print(text)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
