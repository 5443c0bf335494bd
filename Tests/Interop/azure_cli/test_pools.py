"""Pools and nodes from the command line. What is expected is what the reference of `az batch` says."""
import os

from client import CommandCase


class PoolTests(CommandCase):
    def test_pools_are_made_changed_resized_and_deleted(self):
        pool = self.make_pool(nodes=0, metadata="a=1")
        self.assertEqual(self.az("pool show", pool_id=pool)["vmSize"], "standard_d2s_v3")
        self.az("pool set", pool_id=pool, metadata="b=2")
        self.assertEqual(
            self.az("pool show", pool_id=pool, select="metadata")["metadata"], [{"name": "b", "value": "2"}])
        self.az("pool reset", pool_id=pool, metadata="c=3", start_task_command_line="true")
        found = self.az("pool show", pool_id=pool)
        self.assertEqual((found["metadata"][0]["name"], found["startTask"]["commandLine"]), ("c", "true"))
        self.az("pool resize", pool_id=pool, target_dedicated_nodes=1, target_low_priority_nodes=1)
        self.eventually("two nodes", lambda: self.idle(pool, 2))
        self.assertIn(pool, [p["id"] for p in self.az("pool list", filter="state eq 'active'")])
        counts = [c for c in self.az("pool node-counts list") if c["poolId"] == pool]
        self.assertEqual(counts[0]["dedicated"]["total"], 1)
        self.assertIsInstance(self.az("pool usage-metrics list"), list)
        self.fails("PoolNotFound", "pool show", pool_id="none")

    def test_pools_scale_themselves(self):
        pool = self.make_pool(nodes=0)
        self.az("pool autoscale enable", pool_id=pool, auto_scale_formula="$TargetDedicatedNodes=1;")
        tried = self.az("pool autoscale evaluate", pool_id=pool, auto_scale_formula="$TargetDedicatedNodes=3;")
        self.assertIn("$TargetDedicatedNodes=3", tried["results"])
        self.eventually("a node", lambda: self.idle(pool, 1))
        self.az("pool autoscale disable", pool_id=pool)
        self.assertFalse(self.az("pool show", pool_id=pool)["enableAutoScale"])

    def test_account_knows_images_and_applications(self):
        skus = {image["nodeAgentSkuId"] for image in self.az("pool supported-images list")}
        self.assertIn("batch.node.ubuntu 24.04", skus)
        self.assertEqual([a["id"] for a in self.az("application summary list")], ["greeter"])
        self.assertEqual(self.az("application summary show", application_id="greeter")["versions"], ["1.0"])

    def test_nodes_have_users_logins_and_states(self):
        pool = self.make_pool()
        node, = self.idle(pool, 1)
        place = {"pool_id": pool, "node_id": node}
        self.assertEqual(self.az("node show", **place)["schedulingState"], "enabled")
        self.az("node user create", name="me", password="not-a-secret-1", **place)
        self.az("node user reset", user_name="me", password="not-a-secret-2", **place)
        self.az("node user delete", user_name="me", yes=True, **place)
        self.assertTrue(self.az("node remote-login-settings show", **place)["remoteLoginIpAddress"])
        self.az("node scheduling disable", **place)
        self.az("node scheduling enable", **place)
        uploaded = self.az(
            "node service-logs upload", container_url=self.emulator.blob_endpoint + "/none?sig=none",
            start_time="2020-01-01T00:00:00Z", **place)
        self.assertGreater(uploaded["numberOfFilesUploaded"], 0)
        self.az("node reboot", **place)
        self.eventually("an idle node", lambda: self.idle(pool, 1))
        self.az("node delete", pool_id=pool, node_list=[node])
        self.eventually("no node", lambda: self.idle(pool, 0))

    def test_nodes_have_files(self):
        pool = self.make_pool()
        job = self.make_job(pool)
        self.az("task create", job_id=job, task_id="task", command_line="echo hello")
        self.completed(job, "task")
        node, = self.idle(pool, 1)
        place = {"pool_id": pool, "node_id": node}
        path = "workitems/%s/job-1/task/stdout.txt" % job
        self.assertIn(path, [f["name"] for f in self.az("node file list", recursive=True, **place)])
        self.breaks("has no attribute 'items'", "node file show", file_path=path, **place)
        copy = os.path.join(self.directory, "copy.txt")
        self.az("node file download", file_path=path, destination=copy, **place)
        with open(copy, encoding="utf-8") as file:
            self.assertEqual(file.read(), "hello\n")
        self.az("node file delete", file_path=path, yes=True, **place)
        self.assertNotIn(path, [f["name"] for f in self.az("node file list", recursive=True, **place)])
