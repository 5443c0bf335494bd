"""Pools, their sizes and their scaling. What is expected is what the reference of the REST API says."""
import datetime

from azure.batch import models
from azure.core import MatchConditions
from azure.core.exceptions import HttpResponseError, ResourceExistsError, ResourceNotFoundError

from client import IMAGE, BatchCase


class PoolTests(BatchCase):
    def test_pools_are_made_changed_listed_and_deleted(self):
        pool = self.make_pool(nodes=0, metadata=[models.BatchMetadataItem(name="a", value="1")])
        self.assertTrue(self.batch.pool_exists(pool))
        # This version of the client says so with an error.
        with self.assertRaises(ResourceNotFoundError):
            self.batch.pool_exists("none")
        first = self.batch.get_pool(pool)
        self.assertEqual((first.id, first.state, first.vm_size), (pool, "active", "standard_d2s_v3"))
        self.batch.update_pool(pool, models.BatchPoolUpdateOptions(display_name="shown"))
        self.assertEqual(self.batch.get_pool(pool).display_name, "shown")
        with self.assertRaises(HttpResponseError) as changed:
            self.batch.update_pool(
                pool, models.BatchPoolUpdateOptions(display_name="again"), etag=first.etag,
                match_condition=MatchConditions.IfNotModified)
        self.assertEqual(changed.exception.status_code, 412)
        self.batch.replace_pool_properties(pool, models.BatchPoolReplaceOptions(
            application_package_references=[], metadata=[models.BatchMetadataItem(name="b", value="2")]))
        self.assertEqual([(m.name, m.value) for m in self.batch.get_pool(pool).metadata], [("b", "2")])
        chosen = list(self.batch.list_pools(filter="id eq '%s'" % pool, select=["id", "state"]))
        self.assertEqual([(p.id, p.state, p.vm_size) for p in chosen], [(pool, "active", None)])
        with self.assertRaises(ResourceExistsError):
            self.batch.create_pool(models.BatchPoolCreateOptions(
                id=pool, vm_size="standard_d2s_v3", virtual_machine_configuration=IMAGE))
        with self.assertRaises(ResourceNotFoundError) as missing:
            self.batch.get_pool("none")
        self.assertEqual(missing.exception.error.code, "PoolNotFound")

    def test_lists_come_in_pages(self):
        pools = {self.make_pool(nodes=0) for _ in range(3)}
        self.assertLessEqual(pools, {pool.id for pool in self.batch.list_pools(max_results=1)})

    def test_pools_are_resized(self):
        pool = self.make_pool(nodes=0)
        options = models.BatchPoolResizeOptions(target_dedicated_nodes=2, target_low_priority_nodes=1)
        self.finish(self.batch.begin_resize_pool(pool, options, polling_interval=0.05))
        found = self.batch.get_pool(pool)
        self.assertEqual((found.current_dedicated_nodes, found.current_low_priority_nodes), (2, 1))
        nodes = self.eventually("three idle nodes", lambda: self.idle(pool, 3))
        self.assertEqual(self.counts(pool).dedicated.total, 2)
        self.assertEqual(self.counts(pool).low_priority.idle, 1)
        self.finish(self.batch.begin_remove_nodes(
            pool, models.BatchNodeRemoveOptions(node_ids=nodes[:1]), polling_interval=0.05))
        self.assertEqual(len(list(self.batch.list_nodes(pool))), 2)
        # Nothing is under way any more, as a rule; what is said then is that a resize cannot be stopped.
        try:
            self.finish(self.batch.begin_stop_pool_resize(pool, polling_interval=0.05))
        except HttpResponseError as error:
            self.assertEqual((error.status_code, error.error.code), (409, "OperationInvalidForCurrentState"))

    def counts(self, pool):
        return next(c for c in list(self.batch.list_pool_node_counts()) if c.pool_id == pool)

    def test_pools_scale_themselves(self):
        pool = self.make_pool(nodes=0)
        self.batch.enable_pool_auto_scale(pool, models.BatchPoolEnableAutoScaleOptions(
            auto_scale_formula="$TargetDedicatedNodes=1;",
            auto_scale_evaluation_interval=datetime.timedelta(minutes=6)))
        tried = self.batch.evaluate_pool_auto_scale(
            pool, models.BatchPoolEvaluateAutoScaleOptions(auto_scale_formula="$TargetDedicatedNodes=3;"))
        self.assertIn("$TargetDedicatedNodes=3", tried.results)
        self.eventually("a node", lambda: self.idle(pool, 1))
        found = self.batch.get_pool(pool)
        self.assertTrue(found.enable_auto_scale)
        self.assertEqual(found.auto_scale_evaluation_interval, datetime.timedelta(minutes=6))
        self.eventually("a steady pool", lambda: self.batch.get_pool(pool).allocation_state == "steady")
        self.batch.disable_pool_auto_scale(pool)
        self.assertFalse(self.batch.get_pool(pool).enable_auto_scale)

    def test_account_knows_images_applications_and_the_use_of_pools(self):
        images = list(self.batch.list_supported_images(filter="osType eq 'linux'"))
        self.assertTrue(images and all(image.os_type == "linux" for image in images))
        self.assertIn(IMAGE.node_agent_sku_id, {image.node_agent_sku_id for image in images})
        applications = list(self.batch.list_applications())
        self.assertEqual([(a.id, a.versions) for a in applications], [("greeter", ["1.0"])])
        self.assertEqual(self.batch.get_application("greeter").versions, ["1.0"])
        self.make_pool()
        begin = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(hours=2)
        for use in self.batch.list_pool_usage_metrics(start_time=begin):
            self.assertGreaterEqual(use.total_core_hours, 0)
