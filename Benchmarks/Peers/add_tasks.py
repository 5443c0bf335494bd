"""Adds tasks to a new job with the official Python client, and prints what it took as one JSON object."""

import argparse
import json
import resource
import time
import uuid

from azure.batch import BatchClient, models
from azure.core.credentials import AzureNamedKeyCredential


def processor_seconds():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def main():
    parser = argparse.ArgumentParser()
    for name in ("endpoint", "account", "key"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--concurrency", type=int, default=8)
    options = parser.parse_args()

    client = BatchClient(options.endpoint, AzureNamedKeyCredential(options.account, options.key))
    job = f"benchmark-{uuid.uuid4()}"
    # A pool without nodes, so that the tasks stay where they are.
    machine = models.VirtualMachineConfiguration(
        image_reference=models.BatchVmImageReference(
            publisher="canonical", offer="ubuntu-24_04-lts", sku="server"),
        node_agent_sku_id="batch.node.ubuntu 24.04")
    client.create_pool(models.BatchPoolCreateOptions(
        id=job, vm_size="standard_d2s_v3", virtual_machine_configuration=machine))
    client.create_job(models.BatchJobCreateOptions(id=job, pool_info=models.BatchPoolInfo(pool_id=job)))

    processor = processor_seconds()
    start = time.monotonic()
    tasks = [
        models.BatchTaskCreateOptions(id=f"task-{number}", command_line=f"/bin/true {number}")
        for number in range(options.count)
    ]
    client.create_tasks(job, tasks, max_concurrency=options.concurrency)
    seconds = time.monotonic() - start
    processor = processor_seconds() - processor
    with open("/proc/self/status") as status:
        memory = next(int(line.split()[1]) for line in status if line.startswith("VmHWM:")) * 1024

    found = [task.id for task in client.list_tasks(job, select=["id"])]
    client.begin_delete_job(job)
    client.begin_delete_pool(job)
    print(json.dumps({
        "tasks": options.count, "seconds": seconds, "tasksPerSecond": options.count / seconds,
        "processorSeconds": processor, "peakMemoryMB": memory / 1e6,
        "lost": options.count - len(set(found)), "doubled": len(found) - len(set(found)),
    }))


if __name__ == "__main__":
    main()
