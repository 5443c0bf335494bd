"""The nine steps of the Batch tutorial of 2017, with the clients of that time. What is expected is what it says."""
import datetime
import os
import shutil
import sys
import tempfile

from azure.batch import BatchServiceClient, batch_auth, models
from azure.storage.blob import BlobPermissions, BlockBlobService, ContainerPermissions

from support.case import InteropCase, Session

HERE = os.path.dirname(os.path.abspath(__file__))
TEXTS = {"text1.txt": "the cat and the dog", "text2.txt": "a rose is a rose is a rose", "text3.txt": "one two one"}
RESULTS = {"text1.txt": "the 2\nand 1\n", "text2.txt": "a 3\nrose 3\n", "text3.txt": "one 2\ntwo 1\n"}


class TutorialTests(InteropCase):
    def setUp(self):
        self.directory = tempfile.mkdtemp(prefix="interop-")
        self.addCleanup(shutil.rmtree, self.directory)
        calls = Session.current.calls
        self.domain = self.emulator.blob_endpoint
        self.blob = calls.watch(BlockBlobService(
            account_name=self.emulator.blob_account, account_key=self.emulator.blob_key,
            custom_domain=self.domain, protocol="http"), "blob.")
        client = BatchServiceClient(
            batch_auth.SharedKeyCredentials(self.emulator.batch_account, self.emulator.batch_key),
            base_url=self.emulator.batch_endpoint)
        for group in ("pool", "job", "task", "file", "compute_node"):
            setattr(self, group, calls.watch(getattr(client, group), group + "."))

    def test_nine_steps(self):
        containers = {kind: self.name(kind) for kind in ("application", "input", "output")}
        for container in containers.values():  # 1: containers
            self.assertTrue(self.blob.create_container(container))
        program, inputs = self.upload(containers)  # 2: the program and its data
        token = self.blob.generate_container_shared_access_signature(
            containers["output"], permission=ContainerPermissions.WRITE, expiry=self.expiry())
        pool, job = self.name("pool"), self.name("job")
        self.make_pool(pool, program)  # 3: a pool
        self.job.add(models.JobAddParameter(job, models.PoolInformation(pool_id=pool)))  # 4: a job
        self.add_tasks(job, inputs, containers["output"], token)  # 5: tasks
        self.eventually("end of all tasks", lambda: self.all_completed(job))  # 6: waiting
        self.check_results(containers["output"])  # 7: results
        self.check_files(pool, job)
        for container in containers.values():  # 8: nothing is left of the storage
            self.assertTrue(self.blob.delete_container(container))
        self.job.delete(job)  # 9: and of the account
        self.pool.delete(pool)
        self.eventually("end of the pool", lambda: self.is_gone(pool))

    @staticmethod
    def expiry():
        return datetime.datetime.utcnow() + datetime.timedelta(hours=2)

    def upload(self, containers):
        """Uploads the program and the texts, and returns the resource files that they are for tasks."""
        program = self.upload_file(containers["application"], os.path.join(HERE, "count_words.py"))
        inputs = []
        for name, text in TEXTS.items():
            path = os.path.join(self.directory, name)
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)
            inputs.append(self.upload_file(containers["input"], path))
        return program, inputs

    def upload_file(self, container, path):
        name = os.path.basename(path)
        self.blob.create_blob_from_path(container, name, path)
        token = self.blob.generate_blob_shared_access_signature(
            container, name, permission=BlobPermissions.READ, expiry=self.expiry())
        return models.ResourceFile(
            file_path=name, blob_source=self.blob.make_blob_url(container, name, sas_token=token))

    def make_pool(self, pool, program):
        self.pool.add(models.PoolAddParameter(
            id=pool, vm_size="standard_a1", target_dedicated_nodes=1, max_tasks_per_node=2,
            virtual_machine_configuration=models.VirtualMachineConfiguration(
                image_reference=models.ImageReference(
                    publisher="Canonical", offer="0001-com-ubuntu-server-jammy", sku="22_04-lts", version="latest"),
                node_agent_sku_id="batch.node.ubuntu 22.04"),
            start_task=models.StartTask(
                command_line="/bin/sh -c 'cp -p count_words.py $AZ_BATCH_NODE_SHARED_DIR'", wait_for_success=True,
                resource_files=[program], user_identity=models.UserIdentity(auto_user=models.AutoUserSpecification(
                    scope="pool", elevation_level="admin")))))
        self.assertEqual(self.pool.get(pool).max_tasks_per_node, 2)

    def add_tasks(self, job, inputs, container, token):
        command = (
            "/bin/sh -c '%s $AZ_BATCH_NODE_SHARED_DIR/count_words.py --file %s --words 2 --account %s --domain %s"
            " --container %s --token \"%s\"'")
        tasks = [
            models.TaskAddParameter(
                "topNtask%d" % number,
                command % (sys.executable, file.file_path, self.emulator.blob_account, self.domain, container, token),
                resource_files=[file])
            for number, file in enumerate(inputs)]
        added = self.task.add_collection(job, tasks)
        self.assertEqual({result.status for result in added.value}, {models.TaskAddStatus.success})

    def all_completed(self, job):
        tasks = list(self.task.list(job))
        return len(tasks) == len(TEXTS) and all(task.state == models.TaskState.completed for task in tasks)

    def check_results(self, container):
        names = {blob.name for blob in self.blob.list_blobs(container)}
        self.assertEqual(names, {name.replace(".txt", "_OUTPUT.txt") for name in TEXTS})
        for name, expected in RESULTS.items():
            output = name.replace(".txt", "_OUTPUT.txt")
            path = os.path.join(self.directory, output)
            self.blob.get_blob_to_path(container, output, path)
            with open(path, encoding="utf-8") as file:
                text = file.read()
            self.assertTrue(text.startswith(expected) and "node tvm" in text, text)

    def check_files(self, pool, job):
        files = {file.name for file in self.file.list_from_task(job, "topNtask0", recursive=True)}
        self.assertLessEqual({"stdout.txt", "stderr.txt", "wd/text1.txt", "wd/text1_OUTPUT.txt"}, files)
        said = b"".join(self.file.get_from_task(job, "topNtask0", "stdout.txt"))
        self.assertEqual(said, b"counted text1.txt with Python 3\n")
        node, = list(self.compute_node.list(pool))
        names = {file.name for file in self.file.list_from_compute_node(pool, node.id, recursive=True)}
        self.assertLessEqual({"shared/count_words.py", "startup/stdout.txt"}, names)
        with open(os.path.join(HERE, "count_words.py"), "rb") as program:
            copy = b"".join(self.file.get_from_compute_node(pool, node.id, "shared/count_words.py"))
            self.assertEqual(copy, program.read())

    def is_gone(self, pool):
        try:
            self.pool.get(pool)
            return False
        except models.BatchErrorException as error:
            return error.error.code == "PoolNotFound"
