"""Runs the benchmark of the scheduler in turns, and prints a table."""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile


def run(program, tasks, *options):
    answer = subprocess.run([program, str(tasks), *options], check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(answer.stdout)


def check(program, counts):
    for tasks in counts:
        result = run(program, tasks, "--check")
        print(
            f"{tasks:,} tasks: {result['calls']:,} calls of the scheduler and {result['starts']:,} runs, each checked, "
            f"{result['fullChecks']:,} times everything; {result['seconds']:.0f} s"
        )


def measure(program, counts, rounds):
    results = {tasks: [] for tasks in counts}
    for number in range(rounds):
        # Each comes first, in the middle and last in turn.
        for tasks in counts[number % len(counts) :] + counts[: number % len(counts)]:
            result = run(program, tasks)
            results[tasks].append(result)
            print(f"round {number + 1}, {tasks:,} tasks: {result['microseconds']:.2f} µs", file=sys.stderr)
    print(f"| tasks | µs for a task | against {counts[0]:,} | memory at most |")
    print("|---|---|---|---|")
    first = [result["microseconds"] for result in results[counts[0]]]
    for tasks in counts:
        times = [result["microseconds"] for result in results[tasks]]
        ratios = [time / base for time, base in zip(times, first)]
        memory = max(result["peakMiB"] for result in results[tasks])
        print(
            f"| {tasks:,} | {statistics.median(times):.1f} ({min(times):.1f} to {max(times):.1f}) "
            f"| {statistics.median(ratios):.2f}x ({min(ratios):.2f} to {max(ratios):.2f}) | {memory:,} MiB |"
        )


def restart(program, counts, rounds):
    print("| tasks | file | s to start | memory at most |")
    print("|---|---|---|---|")
    for tasks in counts:
        with tempfile.TemporaryDirectory() as directory:
            path = os.path.join(directory, "batch.sqlite")
            run(program, tasks, "--fill", path)
            size = os.path.getsize(path) >> 20
            results = []
            for _ in range(rounds):
                # What a start changes is not there at the next.
                copy = os.path.join(directory, "copy.sqlite")
                shutil.copyfile(path, copy)
                results.append(run(program, tasks, "--start", copy))
                for name in os.listdir(directory):
                    if name.startswith("copy"):
                        os.remove(os.path.join(directory, name))
            times = [result["seconds"] for result in results]
            memory = max(result["peakMiB"] for result in results)
            print(
                f"| {tasks:,} | {size:,} MiB | {statistics.median(times):.2f} ({min(times):.2f} to {max(times):.2f}) "
                f"| {memory:,} MiB |"
            )


def main():
    parser = argparse.ArgumentParser(prog="benchmark-scheduler")
    parser.add_argument("--program", required=True)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--tasks")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--restart", action="store_true")
    options = parser.parse_args()
    tasks = options.tasks or ("1000,1000000" if options.restart else "10000,100000,1000000")
    counts = [int(text) for text in tasks.split(",")]
    if options.restart:
        restart(options.program, counts, options.rounds)
    elif options.check:
        check(options.program, counts)
    else:
        measure(options.program, counts, options.rounds)


main()
