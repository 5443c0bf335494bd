"""The client of azure-batch 14, and what it has: groups of operations."""
import inspect
from importlib.metadata import version

from azure.batch import BatchServiceClient, models, operations
from azure.batch.batch_auth import SharedKeyCredentials

from support.case import InteropCase, Session

PACKAGE = "azure-batch"
VERSION = version(PACKAGE)
GROUPS = {
    "account": operations.AccountOperations,
    "application": operations.ApplicationOperations,
    "certificate": operations.CertificateOperations,
    "compute_node": operations.ComputeNodeOperations,
    "compute_node_extension": operations.ComputeNodeExtensionOperations,
    "file": operations.FileOperations,
    "job": operations.JobOperations,
    "job_schedule": operations.JobScheduleOperations,
    "pool": operations.PoolOperations,
    "task": operations.TaskOperations,
}
IMAGE = models.VirtualMachineConfiguration(
    image_reference=models.ImageReference(
        publisher="canonical", offer="ubuntu-24_04-lts", sku="server", version="latest"),
    node_agent_sku_id="batch.node.ubuntu 24.04")


def public_methods():
    exported = {value for name, value in vars(operations).items() if inspect.isclass(value)}
    if exported != set(GROUPS.values()):
        raise AssertionError("groups of operations without a test: %s" % (exported - set(GROUPS.values())))
    return {
        "%s.%s" % (group, name)
        for group, kind in GROUPS.items()
        for name, value in inspect.getmembers(kind, inspect.isfunction)
        if not name.startswith("_")}


class BatchCase(InteropCase):
    """A test case with the groups of operations of a client."""

    def setUp(self):
        client = BatchServiceClient(
            SharedKeyCredentials(self.emulator.batch_account, self.emulator.batch_key),
            self.emulator.batch_endpoint)
        self.addCleanup(client.close)
        for group in GROUPS:
            watched = Session.current.calls.watch(getattr(client, group), group + ".")
            setattr(self, group, watched)

    def refused(self, code, call, *arguments, **options):
        """Expects a call to be answered with an error of the service."""
        with self.assertRaises(models.BatchErrorException) as refusal:
            result = call(*arguments, **options)
            if hasattr(result, "__next__"):
                list(result)
        self.assertEqual(refusal.exception.error.code, code)

    def make_pool(self, nodes=1, **more):
        """Makes a pool with nodes that are idle, and has it deleted in the end."""
        pool = self.name("pool")
        more.setdefault("virtual_machine_configuration", IMAGE)
        self.pool.add(models.PoolAddParameter(
            id=pool, vm_size="standard_d2s_v3", target_dedicated_nodes=nodes, **more))
        self.addCleanup(self.pool.delete, pool)
        self.eventually("idle nodes", lambda: self.idle(pool, nodes))
        return pool

    def idle(self, pool, nodes):
        """The ids of the nodes of a pool, once there are so many and all are idle."""
        found = list(self.compute_node.list(pool))
        return [node.id for node in found] if [node.state.value for node in found] == ["idle"] * nodes else None

    def make_job(self, pool, **more):
        """Makes a job, and has it deleted in the end."""
        job = self.name("job")
        self.job.add(models.JobAddParameter(id=job, pool_info=models.PoolInformation(pool_id=pool), **more))
        self.addCleanup(self.job.delete, job)
        return job

    def completed(self, job, task):
        """Waits for a task to end, and returns it."""
        def look():
            found = self.task.get(job, task)
            return found if found.state == models.TaskState.completed else None
        return self.eventually("end of the task %s" % task, look)
