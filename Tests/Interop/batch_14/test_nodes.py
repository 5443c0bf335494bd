"""Nodes, their users, files and machines. What is expected is what the reference of the REST API says."""
import datetime

from azure.batch import models

from client import IMAGE, BatchCase


class NodeTests(BatchCase):
    def setUp(self):
        super().setUp()
        extension = models.VMExtension(
            name="vault", type="KeyVaultForLinux", publisher="Microsoft.Azure.KeyVault", type_handler_version="1.0")
        self.id = self.make_pool(virtual_machine_configuration=models.VirtualMachineConfiguration(
            image_reference=IMAGE.image_reference, node_agent_sku_id=IMAGE.node_agent_sku_id,
            extensions=[extension]))
        self.node, = self.idle(self.id, 1)

    def test_a_node_has_users_logins_and_extensions(self):
        found = self.compute_node.get(self.id, self.node)
        self.assertEqual((found.state.value, found.scheduling_state.value), ("idle", "enabled"))
        self.compute_node.add_user(self.id, self.node, models.ComputeNodeUser(name="me", password="not-a-secret-1"))
        self.compute_node.update_user(self.id, self.node, "me", models.NodeUpdateUserParameter(
            password="not-a-secret-2"))
        self.compute_node.delete_user(self.id, self.node, "me")
        self.refused("NodeUserNotFound", self.compute_node.delete_user, self.id, self.node, "me")
        login = self.compute_node.get_remote_login_settings(self.id, self.node)
        self.assertTrue(login.remote_login_ip_address and login.remote_login_port)
        # Only pools of cloud services had a file for remote desktops, and there are none any more.
        self.refused("OperationNotValidOnNode", self.compute_node.get_remote_desktop, self.id, self.node)
        names = [e.vm_extension.name for e in self.compute_node_extension.list(self.id, self.node)]
        self.assertIn("vault", names)
        found = self.compute_node_extension.get(self.id, self.node, "vault")
        self.assertEqual(found.vm_extension.publisher, "Microsoft.Azure.KeyVault")

    def test_a_node_stops_and_starts_taking_tasks_and_restarts(self):
        self.compute_node.disable_scheduling(self.id, self.node, "requeue")
        self.assertEqual(self.compute_node.get(self.id, self.node).scheduling_state.value, "disabled")
        self.compute_node.enable_scheduling(self.id, self.node)
        self.assertEqual(self.compute_node.get(self.id, self.node).scheduling_state.value, "enabled")
        self.compute_node.reboot(self.id, self.node, "terminate")
        self.eventually("an idle node", lambda: self.idle(self.id, 1))
        self.compute_node.reimage(self.id, self.node, "requeue")
        self.eventually("an idle node", lambda: self.idle(self.id, 1))
        result = self.compute_node.upload_batch_service_logs(
            self.id, self.node, models.UploadBatchServiceLogsConfiguration(
                container_url=self.emulator.blob_endpoint + "/none?sig=none",
                start_time=datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(minutes=6)))
        self.assertGreater(result.number_of_files_uploaded, 0)

    def test_a_node_has_files(self):
        job = self.make_job(self.id)
        self.task.add(job, models.TaskAddParameter(id="task", command_line="echo hello"))
        self.completed(job, "task")
        path = "workitems/%s/job-1/task/stdout.txt" % job
        self.assertIn(path, {f.name for f in self.file.list_from_compute_node(self.id, self.node, recursive=True)})
        self.assertEqual(b"".join(self.file.get_from_compute_node(self.id, self.node, path)), b"hello\n")
        properties = self.file.get_properties_from_compute_node(self.id, self.node, path, raw=True)
        self.assertEqual(properties.response.headers["content-length"], "6")
        self.file.delete_from_compute_node(self.id, self.node, path)
        with self.assertRaises(models.BatchErrorException) as gone:
            self.file.get_properties_from_compute_node(self.id, self.node, path)
        self.assertEqual(gone.exception.response.status_code, 404)
