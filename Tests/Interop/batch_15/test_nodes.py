"""Nodes, their users, files and machines. What is expected is what the reference of the REST API says."""
import datetime
import json

from azure.batch import models
from azure.batch.models import _models as plain
from azure.core.exceptions import HttpResponseError
from azure.core.rest import HttpRequest

from client import IMAGE, BatchCase

# The client has these models, but does not export them.
RebootOptions = plain.BatchNodeRebootOptions
DeallocateOptions = plain.BatchNodeDeallocateOptions
ReimageOptions = plain.BatchNodeReimageOptions


class NodeTests(BatchCase):
    def setUp(self):
        super().setUp()
        self.pool = self.make_pool()
        self.node, = self.idle(self.pool, 1)

    def test_a_node_has_users_and_logins(self):
        found = self.batch.get_node(self.pool, self.node)
        self.assertEqual((found.state, found.scheduling_state, found.is_dedicated), ("idle", "enabled", True))
        self.batch.create_node_user(self.pool, self.node, models.BatchNodeUserCreateOptions(
            name="me", password="not-a-secret-1", is_admin=False))
        self.batch.replace_node_user(self.pool, self.node, "me", models.BatchNodeUserReplaceOptions(
            password="not-a-secret-2", expiry_time=datetime.datetime(2200, 1, 1, tzinfo=datetime.timezone.utc)))
        self.batch.delete_node_user(self.pool, self.node, "me")
        with self.assertRaises(HttpResponseError) as gone:
            self.batch.delete_node_user(self.pool, self.node, "me")
        self.assertEqual(gone.exception.error.code, "NodeUserNotFound")
        login = self.batch.get_node_remote_login_settings(self.pool, self.node)
        self.assertTrue(login.remote_login_ip_address and login.remote_login_port)

    def test_a_node_stops_and_starts_taking_tasks(self):
        self.batch.disable_node_scheduling(self.pool, self.node, models.BatchNodeDisableSchedulingOptions(
            node_disable_scheduling_option=models.BatchNodeDisableSchedulingOption.REQUEUE))
        self.assertEqual(self.batch.get_node(self.pool, self.node).scheduling_state, "disabled")
        self.batch.enable_node_scheduling(self.pool, self.node)
        self.assertEqual(self.batch.get_node(self.pool, self.node).scheduling_state, "enabled")
        with self.assertRaises(HttpResponseError) as again:
            self.batch.enable_node_scheduling(self.pool, self.node)
        self.assertEqual(again.exception.status_code, 409)

    def test_a_machine_is_rebooted_reimaged_deallocated_and_started(self):
        for begin, options in (
            (self.batch.begin_reboot_node, RebootOptions(node_reboot_kind="terminate")),
            (self.batch.begin_reimage_node, ReimageOptions(node_reimage_option="requeue")),
        ):
            self.finish(begin(self.pool, self.node, options, polling_interval=0.05))
            self.eventually("an idle node", lambda: self.idle(self.pool, 1))
        # Without options this version of the client sends nothing.
        self.finish(self.batch.begin_deallocate_node(
            self.pool, self.node, DeallocateOptions(node_deallocate_option="terminate"), polling_interval=0.05))
        self.eventually(
            "a deallocated node", lambda: self.batch.get_node(self.pool, self.node).state == "deallocated")
        self.finish(self.batch.begin_start_node(self.pool, self.node, polling_interval=0.05))
        self.eventually("an idle node", lambda: self.idle(self.pool, 1))

    def test_a_node_has_files(self):
        job = self.make_job(self.pool)
        self.batch.create_task(job, models.BatchTaskCreateOptions(id="task", command_line="echo hello"))
        self.completed(job, "task")
        path = "workitems/%s/job-1/task/stdout.txt" % job
        files = {f.name: f for f in self.batch.list_node_files(self.pool, self.node, recursive=True)}
        self.assertIn(path, files)
        self.assertEqual(b"".join(self.batch.download_node_file(self.pool, self.node, path)), b"hello\n")
        properties = self.batch.get_node_file_properties(self.pool, self.node, path)
        self.assertEqual(properties.content_length, len(b"hello\n"))
        self.batch.delete_node_file(self.pool, self.node, path)
        with self.assertRaises(HttpResponseError) as gone:
            list(self.batch.download_node_file(self.pool, self.node, path))
        self.assertEqual(gone.exception.status_code, 404)

    def test_logs_of_a_node_are_uploaded(self):
        result = self.batch.upload_node_logs(self.pool, self.node, models.UploadBatchServiceLogsOptions(
            container_url=self.emulator.blob_endpoint + "/none?sig=none",
            start_time=datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(minutes=6)))
        self.assertGreater(result.number_of_files_uploaded, 0)
        self.assertIn(self.pool, result.virtual_directory_name)

    def test_other_requests_can_be_sent_through_the_client(self):
        request = HttpRequest("GET", "/pools/%s?api-version=2025-06-01" % self.pool)
        answer = self.batch.send_request(request)
        answer.raise_for_status()
        self.assertEqual(json.loads(answer.content)["id"], self.pool)


class ExtensionTests(BatchCase):
    def test_a_node_tells_of_its_extensions(self):
        machine = models.VirtualMachineConfiguration(
            image_reference=IMAGE.image_reference, node_agent_sku_id=IMAGE.node_agent_sku_id,
            extensions=[models.VMExtension(
                name="vault", type="KeyVaultForLinux", publisher="Microsoft.Azure.KeyVault",
                type_handler_version="1.0", auto_upgrade_minor_version=True)])
        pool = self.name("pool")
        self.batch.create_pool(models.BatchPoolCreateOptions(
            id=pool, vm_size="standard_d2s_v3", target_dedicated_nodes=1, virtual_machine_configuration=machine))
        self.addCleanup(lambda: self.finish(self.batch.begin_delete_pool(pool, polling_interval=0.05)))
        node, = self.eventually("an idle node", lambda: self.idle(pool, 1))
        names = [e.vm_extension.name for e in self.batch.list_node_extensions(pool, node)]
        self.assertIn("vault", names)
        found = self.batch.get_node_extension(pool, node, "vault")
        self.assertEqual(
            (found.provisioning_state, found.vm_extension.publisher), ("Succeeded", "Microsoft.Azure.KeyVault"))
