"""Pools, certificates and the account. What is expected is what the reference of the REST API says."""
import datetime

from azure.batch import models

from client import IMAGE, BatchCase


class PoolTests(BatchCase):
    def test_pools_are_made_changed_listed_and_deleted(self):
        pool = self.make_pool(nodes=0, metadata=[models.MetadataItem(name="a", value="1")])
        self.assertTrue(self.pool.exists(pool))
        self.assertFalse(self.pool.exists("none"))
        found = self.pool.get(pool)
        self.assertEqual((found.id, found.state.value, found.vm_size), (pool, "active", "standard_d2s_v3"))
        self.pool.patch(pool, models.PoolPatchParameter(metadata=[models.MetadataItem(name="b", value="2")]))
        self.assertEqual([m.name for m in self.pool.get(pool).metadata], ["b"])
        self.pool.update_properties(pool, models.PoolUpdatePropertiesParameter(
            certificate_references=[], application_package_references=[], metadata=[],
            start_task=models.StartTask(command_line="true")))
        found = self.pool.get(pool)
        self.assertEqual((found.metadata or [], found.start_task.command_line), ([], "true"))
        options = models.PoolListOptions(filter="id eq '%s'" % pool, select="id,state")
        self.assertEqual([(p.id, p.vm_size) for p in self.pool.list(options)], [(pool, None)])
        self.refused("PoolExists", self.pool.add, models.PoolAddParameter(
            id=pool, vm_size="standard_d2s_v3", virtual_machine_configuration=IMAGE))
        self.refused("PoolNotFound", self.pool.get, "none")

    def test_pools_are_resized(self):
        pool = self.make_pool(nodes=0)
        self.pool.resize(pool, models.PoolResizeParameter(target_dedicated_nodes=2, target_low_priority_nodes=1))
        nodes = self.eventually("three idle nodes", lambda: self.idle(pool, 3))
        counts = next(c for c in list(self.account.list_pool_node_counts()) if c.pool_id == pool)
        self.assertEqual((counts.dedicated.total, counts.low_priority.idle), (2, 1))
        self.pool.remove_nodes(pool, models.NodeRemoveParameter(node_list=nodes[:1]))
        self.eventually("two nodes", lambda: self.idle(pool, 2))
        self.eventually("a steady pool", lambda: self.pool.get(pool).allocation_state.value == "steady")
        self.refused("OperationInvalidForCurrentState", self.pool.stop_resize, pool)

    def test_pools_scale_themselves(self):
        pool = self.make_pool(nodes=0)
        self.pool.enable_auto_scale(
            pool, auto_scale_formula="$TargetDedicatedNodes=1;",
            auto_scale_evaluation_interval=datetime.timedelta(minutes=6))
        self.assertIn(
            "$TargetDedicatedNodes=3", self.pool.evaluate_auto_scale(pool, "$TargetDedicatedNodes=3;").results)
        self.eventually("a node", lambda: self.idle(pool, 1))
        self.assertTrue(self.pool.get(pool).enable_auto_scale)
        self.pool.disable_auto_scale(pool)
        self.assertFalse(self.pool.get(pool).enable_auto_scale)

    def test_account_knows_images_applications_and_the_use_of_pools(self):
        images = list(self.account.list_supported_images())
        self.assertIn(IMAGE.node_agent_sku_id, {image.node_agent_sku_id for image in images})
        self.assertEqual([(a.id, a.versions) for a in self.application.list()], [("greeter", ["1.0"])])
        self.assertEqual(self.application.get("greeter").versions, ["1.0"])
        begin = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(hours=2)
        for use in self.pool.list_usage_metrics(models.PoolListUsageMetricsOptions(start_time=begin)):
            self.assertGreaterEqual(use.total_core_hours, 0)

    def test_certificates_are_kept_as_long_as_pools_use_them(self):
        thumbprint = self.name("").replace("-", "").rjust(40, "0")
        self.certificate.add(models.CertificateAddParameter(
            thumbprint=thumbprint, thumbprint_algorithm="sha1", data="bm90aGluZw==", certificate_format="cer"))
        found = self.certificate.get("sha1", thumbprint)
        self.assertEqual((found.thumbprint, found.state.value), (thumbprint, "active"))
        self.assertIn(thumbprint, [c.thumbprint for c in self.certificate.list()])
        self.refused("CertificateStateActive", self.certificate.cancel_deletion, "sha1", thumbprint)
        pool = self.name("pool")
        self.pool.add(models.PoolAddParameter(
            id=pool, vm_size="standard_d2s_v3", virtual_machine_configuration=IMAGE,
            certificate_references=[models.CertificateReference(
                thumbprint=thumbprint, thumbprint_algorithm="sha1", store_location="currentuser")]))
        self.certificate.delete("sha1", thumbprint)
        self.assertEqual(self.certificate.get("sha1", thumbprint).state.value, "deletefailed")
        self.certificate.cancel_deletion("sha1", thumbprint)
        self.pool.delete(pool)
        self.eventually("end of the pool", lambda: not self.pool.exists(pool))
        self.certificate.delete("sha1", thumbprint)
        self.refused("CertificateNotFound", self.certificate.get, "sha1", thumbprint)
