"""Measures this package next to other clients, in turns and against the same server. Prints tables; --json keeps all."""

import argparse
import dataclasses
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys

import faults
import servers

ROOT = pathlib.Path(__file__).parent.parent
GIB = 1 << 30


@dataclasses.dataclass
class Workload:
    """One thing to do, the same for all contestants."""
    title: str
    work: float  # how much of `unit` a run does
    unit: str
    arguments: dict
    contestants: list
    command: str
    # What one run of a contestant does is divided by this, for those that would take very long.
    fractions: dict = dataclasses.field(default_factory=dict)


class Contest:
    def __init__(self, options, programs, nginx):
        self.options, self.nginx = options, nginx
        self.swift = str(programs / "AzureBenchmarks")
        self.peer = [sys.executable, str(ROOT / "Peers" / "blobs.py")]
        self.results = []

    def run_one(self, contestant, workload):
        arguments = dict(workload.arguments)
        fraction = workload.fractions.get(contestant, 1)
        if fraction != 1:
            arguments["count"] //= fraction
        if contestant.startswith("azure-swift"):
            _, _, transport = contestant.partition("/")
            command = [self.swift, workload.command] + (["--transport", transport] if transport else [])
        elif workload.command == "add-tasks":
            command = [sys.executable, str(ROOT / "Peers" / "add_tasks.py")]
        else:
            command = [*self.peer, contestant, workload.command]
        for key, value in arguments.items():
            command += [f"--{key}", str(value)]
        environment = dict(os.environ)
        if "authority" in arguments:
            environment["SSL_CERT_FILE"] = str(arguments["authority"])
        if workload.command == "download":
            self.nginx.prepare_target(workload.work)
        # A run that hangs is an error, not a long evening.
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, timeout=900, env=environment)
        result = json.loads(done.stdout)
        work = workload.work / fraction
        result["rate"] = work / result["seconds"]
        result["processorPerUnit"] = result["processorSeconds"] / work
        return result

    def run(self, workload):
        runs = {contestant: [] for contestant in workload.contestants}
        for round_number in range(self.options.rounds):
            for contestant in workload.contestants:
                result = self.run_one(contestant, workload)
                runs[contestant].append(result)
                print(f"  {workload.title}, {contestant}: {json.dumps(result)}", file=sys.stderr)
        self.results.append({"workload": workload.title, "unit": workload.unit, "runs": runs})
        print_table(workload, runs)


def print_table(workload, runs):
    unit = workload.unit
    print(f"\n{workload.title}\n")
    print(f"| | {unit}/s | processor s per {unit} | peak memory, MB | grown by, MB | azure-swift is faster by |")
    print("|---|---|---|---|---|---|")
    first = next(iter(runs.values()))
    for contestant, results in runs.items():
        def median(name):
            return statistics.median(result.get(name, 0) for result in results)
        ratios = [ours["rate"] / theirs["rate"] for ours, theirs in zip(first, results)]
        ratio = "" if results is first else (
            f"{statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})")
        print(
            f"| {contestant} | {median('rate'):,.2f} | {median('processorPerUnit'):.3f} | "
            f"{median('peakMemoryMB'):.0f} | {median('memoryGrowthMB'):.0f} | {ratio} |")
    sys.stdout.flush()


class Workloads:
    """All that can be asked for; each makes what it needs on the server."""

    def __init__(self, options, nginx, contestants):
        self.options, self.nginx, self.contestants = options, nginx, contestants

    def arguments(self, kind="plain", **more):
        arguments = {"endpoint": self.nginx.endpoint(kind), "account": servers.ACCOUNT, "key": servers.KEY, **more}
        if kind == "tls":
            arguments["authority"] = self.nginx.authority
        return arguments

    def bulk(self, direction):
        size = int(self.options.size * GIB)
        block = os.urandom(1 << 20)
        source = self.nginx.make_blob("big", size, block)
        for kind in ("plain", "tls"):
            for in_flight in (4, 8):
                file = source if direction == "upload" else self.nginx.work / "target"
                # URLSession on Linux and opendal cannot be told an authority; nothing encrypts raw sockets.
                contestants = [
                    name for name in [*self.contestants, "opendal", "raw-sockets"]
                    if kind == "plain" or name not in ("azure-swift/url-session", "opendal", "raw-sockets")]
                yield Workload(
                    f"{direction} {self.options.size:g} GiB, {kind}, {in_flight} in flight", self.options.size, "GiB",
                    self.arguments(kind, file=file, **{"in-flight": in_flight}),
                    contestants, direction)

    def download(self):
        yield from self.bulk("download")

    def upload(self):
        yield from self.bulk("upload")

    def small(self):
        for direction in ("small-get", "small-put"):
            yield Workload(
                f"{direction}: {self.options.count:,} blobs of 4 KiB, 16 in flight", self.options.count / 1000,
                "thousand", self.arguments(count=self.options.count, **{"in-flight": 16}),
                self.contestants + ["opendal", "raw-sockets"], direction, {"azure-storage-blob": 10})

    def list(self):
        count = self.options.list_count
        self.nginx.make_list(count)
        yield Workload(
            f"list {count:,} blobs", count / 1000, "thousand", self.arguments(count=count),
            self.contestants + ["opendal"], "list")

    def delay(self):
        size = GIB // 4
        self.nginx.make_blob("big", size)
        for in_flight in (4, 16):
            yield Workload(
                f"download 256 MiB through 20 ms of delay and 60 MiB/s for a connection, {in_flight} in flight", 0.25,
                "GiB",
                self.arguments("delayed", file=self.nginx.work / "target", **{"in-flight": in_flight}),
                self.contestants + ["opendal"], "download")

    def slow_stream(self):
        yield Workload(
            "upload 256 MiB from a stream of 64 MiB/s", 0.25, "GiB", self.arguments(size=GIB // 4),
            [name for name in self.contestants if name.startswith("azure-swift")], "slow-stream")

    def stream(self):
        self.nginx.make_blob("big", int(self.options.size * GIB), os.urandom(1 << 20))
        for kind in ("plain", "tls", "delayed"):
            yield Workload(
                f"read {self.options.size:g} GiB as a stream, {kind}", self.options.size, "GiB", self.arguments(kind),
                [name for name in self.contestants if "/" not in name and name.startswith("azure-swift")],
                "download-stream")

    def slow_readers(self):
        self.nginx.make_blob("big", GIB // 8, os.urandom(1 << 20))
        yield Workload(
            "30 readers of 128 MiB as a stream, 20 ms for a chunk", 30 / 8, "GiB", self.arguments(),
            [name for name in self.contestants if name.startswith("azure-swift")], "slow-readers")

    def sign(self):
        yield Workload(
            "sign 1,000,000 URLs", 1000, "thousand", self.arguments(count=1_000_000),
            [name for name in self.contestants if "/" not in name], "sign", {"azure-storage-blob": 20, "obstore": 20})


NAMES = {
    "download": Workloads.download, "upload": Workloads.upload, "small": Workloads.small, "list": Workloads.list,
    "delay": Workloads.delay, "slow-stream": Workloads.slow_stream, "stream": Workloads.stream,
    "slow-readers": Workloads.slow_readers, "sign": Workloads.sign,
}
OTHERS = ["tasks", "task-faults", "transfer-faults"]


def tasks(contest, options, with_faults):
    """Batch: adding tasks to a job of the emulator."""
    with servers.Emulator(options.programs / "azure-emulator") as emulator:
        address = emulator.address
        arguments = {
            "endpoint": address["batch endpoint"], "account": address["batch account"], "key": address["batch key"],
            "count": options.list_count,
        }
        contestants = ["azure-swift"] if with_faults else ["azure-swift", "azure-batch"]
        if with_faults:
            arguments["fault-percent"] = 5
        title = f"add {options.list_count:,} tasks" + (", 5 % of requests go wrong" if with_faults else "")
        contest.run(Workload(title, options.list_count / 1000, "thousand", arguments, contestants, "add-tasks"))


def main():
    parser = argparse.ArgumentParser(prog="Scripts/benchmark", description=__doc__)
    parser.add_argument("workloads", nargs="*", metavar="WORKLOAD",
                        help=f"{', '.join(NAMES)}, tasks, task-faults, transfer-faults; the default is all of them")
    parser.add_argument("--programs", type=pathlib.Path, required=True, help=argparse.SUPPRESS)
    parser.add_argument("--rounds", type=int, default=3, help="how often each contestant runs (default: 3)")
    parser.add_argument("--size", type=float, default=1, metavar="GIB", help="the size of the large blob (default: 1)")
    parser.add_argument("--count", type=int, default=20_000, help="how many small blobs (default: 20,000)")
    parser.add_argument("--list-count", type=int, default=100_000,
                        help="how many blobs to list, and tasks to add (default: 100,000)")
    parser.add_argument("--fault-count", type=int, default=1000,
                        help="how many transfers with faults, up and down (default: 1,000)")
    parser.add_argument("--contestants", default="azure-swift,azure-swift/url-session,obstore,azure-storage-blob",
                        help="who takes part, the first is compared with the others (default: %(default)s)")
    parser.add_argument("--json", type=pathlib.Path, help="a file for all the figures")
    options = parser.parse_args()
    names = options.workloads or [*NAMES, *OTHERS]
    for name in names:
        if name not in [*NAMES, *OTHERS]:
            parser.error(f"there is no workload '{name}'")

    with servers.Nginx() as nginx:
        contest = Contest(options, options.programs, nginx)
        room = shutil.disk_usage(nginx.work).free / GIB
        if options.size > room / 4:
            parser.error(f"a blob of {options.size:g} GiB and its copy need more room than the {room:.1f} GiB here")
        workloads = Workloads(options, nginx, options.contestants.split(","))
        for name in names:
            if name in NAMES:
                for workload in NAMES[name](workloads):
                    contest.run(workload)
            elif name == "transfer-faults":
                with servers.Emulator(options.programs / "azure-emulator") as emulator:
                    faults.run(str(options.programs / "AzureBenchmarks"), emulator, options.fault_count, percent=10)
            else:
                tasks(contest, options, with_faults=name == "task-faults")
    if options.json:
        options.json.write_text(json.dumps(contest.results, indent=1) + "\n")


if __name__ == "__main__":
    main()
