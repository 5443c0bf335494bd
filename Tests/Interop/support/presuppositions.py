"""What an example of a request presupposes: the pool, the job, the task … that it names."""
import time
from urllib.parse import quote, urlsplit

from support.specification import values_of
from support.today import LINUX

# How long something may take to come about, in seconds.
PATIENCE = 60


def needs_nodes(example):
    """Whether an example is about nodes, or about a task that has run. All others get a pool whose nodes never come, so
    that no program of an example runs and nothing is fetched from the accounts that they name."""
    return any(part in example.template for part in ("/nodes", "/files", "removenodes", "reactivate"))


class Presuppositions:
    """Makes what an example presupposes, and puts into it the ids that only the service gives."""

    def __init__(self, example, account, emulator):
        self.example, self.account, self.emulator = example, account, emulator
        self.values, self.action = example.path_values, example.template.rsplit("/", 1)[-1]

    def make(self):
        if "filePath" in self.values:
            # The examples are of nodes with Windows.
            self.values["filePath"] = self.values["filePath"].replace("\\", "/")
        self._certificates()
        pools = {value for value in values_of(self.example.body, "poolId")} | {"poolId"}
        if "poolId" in self.values:
            pools.add(self.values["poolId"])
        if self.example.operation == "POST /pools":
            pools.discard(self.example.body["id"])
        for pool in sorted(pools):
            self._pool(pool)
        if needs_nodes(self.example) and "poolId" in self.values:
            self._nodes()
        if "jobScheduleId" in self.values:
            self._schedule(self.values["jobScheduleId"])
        if "jobId" in self.values:
            self._job(self.values["jobId"], "poolId")
        if "taskId" in self.values:
            self._task(self.values["jobId"], self.values["taskId"])

    def _certificates(self):
        """Certificates that the example names. One that a pool uses cannot be deleted."""
        named = [each for references in values_of(self.example.body, "certificateReferences") for each in references]
        if "thumbprint" in self.values:
            named.append(self.values)
        for each in named:
            reference = {name: each[name] for name in ("thumbprintAlgorithm", "thumbprint")}
            certificate = dict(reference, data="MAA=", certificateFormat="cer")
            self.account.need("POST", "/certificates", certificate, self.example.version)
            if self.action == "canceldelete":
                self.account.need("POST", "/pools", {
                    "id": "user", "vmSize": "standard_d1_v2", "virtualMachineConfiguration": LINUX,
                    "certificateReferences": [reference]}, self.example.version)
                path = self.example.path[:-len("/canceldelete")]
                self.account.need("DELETE", path, version=self.example.version)

    def _pool(self, pool):
        configuration = dict(LINUX)
        if "extensionName" in self.values:
            configuration["extensions"] = [{
                "name": self.values["extensionName"], "publisher": "Microsoft.Azure.KeyVault",
                "type": "KeyVaultForLinux"}]
        if any(values_of(self.example.body, "containerSettings")):
            configuration["containerConfiguration"] = {
                "type": "dockerCompatible", "containerImageNames": ["ubuntu"]}
        body = {"id": pool, "vmSize": "standard_d2s_v3", "virtualMachineConfiguration": configuration}
        if self.action in ("disableautoscale", "evaluateautoscale"):
            body.update(enableAutoScale=True, autoScaleFormula="$TargetDedicatedNodes = 0;")
        elif needs_nodes(self.example) or self.action == "stopresize":
            body["targetDedicatedNodes"] = 2
        if any(values_of(self.example.body, "multiInstanceSettings")) or self.action == "subtasksinfo":
            body["enableInterNodeCommunication"] = True
        else:
            body["taskSlotsPerNode"] = 4
        self.account.need("POST", "/pools", body)

    def _nodes(self):
        """Puts nodes that are there into the example, in the state that it needs."""
        pool = "/pools/" + quote(self.values["poolId"])
        nodes = self._eventually(lambda: self._idle_nodes(pool))
        if self.action == "removenodes":
            self.example.body["nodeList"] = nodes
        if "nodeId" not in self.values:
            return
        self.values["nodeId"] = nodes[0]
        node = "%s/nodes/%s" % (pool, nodes[0])
        if self.action == "start":
            self.account.need("POST", node + "/deallocate", {})
            self._eventually(lambda: self._state(node) == "deallocated")
        elif self.action == "enablescheduling":
            self.account.need("POST", node + "/disablescheduling", {})
        elif "userName" in self.values:
            self.account.need("POST", node + "/users", {"name": self.values["userName"], "password": "Pass of 1 user"})
        elif self.action == "uploadbatchservicelogs":
            # Not to the account of the example, which may be somebody's.
            url = urlsplit(self.example.body["containerUrl"])
            self.example.body["containerUrl"] = "%s%s?%s" % (self.emulator.blob_endpoint, url.path, url.query)
        elif "filePath" in self.values:
            self._job("job-of-files", self.values["poolId"])
            task = self._completed("job-of-files", "writer", self._writer("$AZ_BATCH_NODE_ROOT_DIR"))
            self.values["nodeId"] = task["nodeInfo"]["nodeId"]

    def _idle_nodes(self, pool):
        nodes = self.account.need("GET", pool + "/nodes")["value"]
        return [node["id"] for node in nodes] if all(node["state"] == "idle" for node in nodes) else None

    def _schedule(self, schedule):
        self.account.need("POST", "/jobschedules", {
            "id": schedule, "schedule": {"recurrenceInterval": "PT1H"},
            "jobSpecification": {"poolInfo": {"poolId": "poolId"}}})
        if self.action == "enable":
            self.account.need("POST", "/jobschedules/%s/disable" % quote(schedule))

    def _job(self, job, pool):
        body = {"id": job, "poolInfo": {"poolId": pool}, "usesTaskDependencies": True}
        if any(values_of(self.example.body, "exitConditions")):
            body["onTaskFailure"] = "performexitoptionsjobaction"
        if self.action == "jobpreparationandreleasetaskstatus":
            body["jobPreparationTask"] = {"commandLine": "/bin/true"}
        self.account.need("POST", "/jobs", body)
        # Only a disabled job can be enabled, or get another pool.
        if self.action in ("enable", "{jobId}") and self.example.method in ("POST", "PATCH", "PUT"):
            self.account.need("POST", "/jobs/%s/disable" % quote(job), {"disableTasks": "terminate"})
            self._eventually(lambda: self._state("/jobs/" + quote(job)) == "disabled")

    def _task(self, job, task):
        if "/files" in self.example.template:
            self._completed(job, task, self._writer("$AZ_BATCH_TASK_DIR"))
        elif self.action == "reactivate":
            self._completed(job, task, "/bin/false")
        else:
            settings = {}
            if self.action == "subtasksinfo":
                settings["multiInstanceSettings"] = {
                    "numberOfInstances": 2, "coordinationCommandLine": "/bin/true"}
            path = "/jobs/%s/tasks" % quote(job)
            self.account.need("POST", path, dict(settings, id=task, commandLine="/bin/true"))

    def _completed(self, job, task, command):
        """Has a task run, and returns what it is then."""
        path = "/jobs/%s/tasks" % quote(job)
        self.account.need("POST", path, {"id": task, "commandLine": command})
        path += "/" + quote(task)
        self._eventually(lambda: self._state(path) == "completed")
        return self.account.need("GET", path)

    def _writer(self, directory):
        """A command that writes the file of the example, if it names one."""
        path = self.values.get("filePath", "wd/file.txt")
        return "/bin/sh -c 'cd \"%s\" && mkdir -p \"$(dirname \"%s\")\" && echo content > \"%s\"'" % (
            directory, path, path)

    def _state(self, path):
        return self.account.need("GET", path)["state"]

    @staticmethod
    def _eventually(condition):
        deadline = time.monotonic() + PATIENCE
        while True:
            result = condition()
            if result:
                return result
            if time.monotonic() > deadline:
                raise RuntimeError("What the example presupposes does not come about.")
            time.sleep(0.02)
