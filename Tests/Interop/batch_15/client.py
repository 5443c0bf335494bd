"""The client of azure-batch 15, and what it has."""
from importlib.metadata import version

from azure.batch import BatchClient, models
from azure.core.credentials import AzureNamedKeyCredential

from support.case import InteropCase, Session

PACKAGE = "azure-batch"
VERSION = version(PACKAGE)
IMAGE = models.VirtualMachineConfiguration(
    image_reference=models.BatchVmImageReference(
        publisher="canonical", offer="ubuntu-24_04-lts", sku="server", version="latest"),
    node_agent_sku_id="batch.node.ubuntu 24.04")


def public_methods():
    return {
        name for name in dir(BatchClient) if not name.startswith("_") and callable(getattr(BatchClient, name))}


class BatchCase(InteropCase):
    """A test case with a client."""

    def setUp(self):
        self.batch = Session.current.calls.watch(new_client(self.emulator))
        self.addCleanup(self.batch.close)

    def finish(self, poller):
        """Waits for an operation that takes its time, and expects it to go well."""
        self.assertIsNone(poller.result(60))
        self.assertTrue(poller.done())
        self.assertEqual(poller.status(), "Succeeded")

    def make_pool(self, nodes=1, **more):
        """Makes a pool with nodes that are idle, and has it deleted in the end."""
        pool = self.name("pool")
        self.batch.create_pool(models.BatchPoolCreateOptions(
            id=pool, vm_size="standard_d2s_v3", target_dedicated_nodes=nodes, virtual_machine_configuration=IMAGE,
            **more))
        self.addCleanup(lambda: self.finish(self.batch.begin_delete_pool(pool, polling_interval=0.05)))
        self.eventually("idle nodes", lambda: self.idle(pool, nodes))
        return pool

    def idle(self, pool, nodes):
        """The ids of the nodes of a pool, once there are so many and all are idle."""
        found = list(self.batch.list_nodes(pool))
        return [node.id for node in found] if [node.state for node in found] == ["idle"] * nodes else None

    def make_job(self, pool, **more):
        """Makes a job, and has it deleted in the end."""
        job = self.name("job")
        self.batch.create_job(models.BatchJobCreateOptions(
            id=job, pool_info=models.BatchPoolInfo(pool_id=pool), **more))
        self.addCleanup(lambda: self.finish(self.batch.begin_delete_job(job, polling_interval=0.05)))
        return job

    def completed(self, job, task):
        """Waits for a task to end, and returns it."""
        def look():
            found = self.batch.get_task(job, task)
            return found if found.state == models.BatchTaskState.COMPLETED else None
        return self.eventually("end of the task %s" % task, look)


def new_client(emulator):
    return BatchClient(
        emulator.batch_endpoint, AzureNamedKeyCredential(emulator.batch_account, emulator.batch_key))
