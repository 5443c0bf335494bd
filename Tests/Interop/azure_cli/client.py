"""The command `az batch`, and which commands it has."""
import json
import os
import shutil
import subprocess
import sys
import tempfile
from importlib.metadata import version

from support.case import InteropCase, Session

PACKAGE = "azure-cli"
VERSION = version(PACKAGE)
# These talk to Azure Resource Manager, which is no part of the emulated service.
MANAGEMENT = ("account", "application", "location", "private-endpoint-connection", "private-link-resource")
BATCH = "application summary"


def public_methods():
    """The commands of `az batch` that talk to the Batch service itself."""
    with tempfile.TemporaryDirectory() as directory:
        os.environ["AZURE_CONFIG_DIR"] = directory
        from azure.cli.core import get_default_cli

        cli = get_default_cli()
        loader = cli.commands_loader_cls(cli)
        loader.load_command_table(["batch", "pool", "list"])
        names = {name[len("batch "):] for name in loader.command_table if name.startswith("batch ")}
    return {name for name in names if name.split()[0] not in MANAGEMENT or name.startswith(BATCH)}


class CommandError(Exception):
    """What a command said when it failed."""


class CommandCase(InteropCase):
    """A test case that runs commands."""

    def setUp(self):
        self.directory = tempfile.mkdtemp(prefix="interop-")
        self.addCleanup(shutil.rmtree, self.directory)
        self.environment = dict(
            os.environ, AZURE_CONFIG_DIR=os.path.join(self.directory, "azure"), AZURE_CORE_COLLECT_TELEMETRY="no",
            AZURE_CORE_ONLY_SHOW_ERRORS="true", AZURE_BATCH_ACCOUNT=self.emulator.batch_account,
            AZURE_BATCH_ACCESS_KEY=self.emulator.batch_key, AZURE_BATCH_ENDPOINT=self.emulator.batch_endpoint)

    def az(self, command, **options):
        """Runs `az batch COMMAND`, and returns what it prints. Options are `--name value`, without a value for True."""
        arguments = [sys.executable, "-m", "azure.cli", "batch"] + command.split() + ["--output", "json"]
        for name, value in options.items():
            arguments.append("--" + name.replace("_", "-"))
            if value is not True:
                arguments += value if isinstance(value, list) else [str(value)]
        done = subprocess.run(arguments, env=self.environment, capture_output=True, text=True, timeout=120)
        if done.returncode != 0:
            raise CommandError("az batch %s: %s" % (command, done.stderr))
        Session.current.calls.completed.add(command)
        return json.loads(done.stdout) if done.stdout.strip() else None

    def fails(self, code, command, **options):
        """Expects a command to report an error of the service."""
        with self.assertRaises(CommandError) as failure:
            self.az(command, **options)
        self.assertIn(code, str(failure.exception))

    def breaks(self, defect, command, **options):
        """Expects a command to break by itself, with a defect of its own, after the service has answered 200."""
        with self.assertRaises(CommandError) as failure:
            self.az(command, debug=True, **options)
        said = str(failure.exception)
        self.assertTrue(defect in said and ' HTTP/1.1" 200 ' in said, said[-2000:])
        Session.current.calls.completed.add(command)

    def write(self, name, content):
        """Writes a file of JSON for an option, and returns its path."""
        path = os.path.join(self.directory, name)
        with open(path, "w", encoding="utf-8") as file:
            json.dump(content, file)
        return path

    def make_pool(self, nodes=1, **more):
        """Makes a pool with nodes that are idle, and has it deleted in the end."""
        pool = self.name("pool")
        self.az(
            "pool create", id=pool, vm_size="standard_d2s_v3", target_dedicated_nodes=nodes,
            image="canonical:ubuntu-24_04-lts:server", node_agent_sku_id="batch.node.ubuntu 24.04", **more)
        self.addCleanup(self.az, "pool delete", pool_id=pool, yes=True)
        self.eventually("idle nodes", lambda: self.idle(pool, nodes))
        return pool

    def idle(self, pool, nodes):
        """The ids of the nodes of a pool, once there are so many and all are idle."""
        found = self.az("node list", pool_id=pool)
        return [node["id"] for node in found] if [node["state"] for node in found] == ["idle"] * nodes else None

    def make_job(self, pool, **more):
        """Makes a job, and has it deleted in the end."""
        job = self.name("job")
        self.az("job create", id=job, pool_id=pool, **more)
        self.addCleanup(self.az, "job delete", job_id=job, yes=True)
        return job

    def completed(self, job, task):
        """Waits for a task to end, and returns it."""
        def look():
            found = self.az("task show", job_id=job, task_id=task)
            return found if found["state"] == "completed" else None
        return self.eventually("end of the task %s" % task, look)
