"""Tasks and their files. What is expected is what the reference of the REST API says."""
import datetime

from azure.batch import models
from azure.core.exceptions import HttpResponseError, ResourceExistsError, ResourceNotFoundError

from client import BatchCase


def task(name, command="true", **more):
    return models.BatchTaskCreateOptions(id=name, command_line=command, **more)


class TaskTests(BatchCase):
    def test_tasks_run_and_leave_files(self):
        job = self.make_job(self.make_pool())
        command = "/bin/sh -c 'echo out; echo err >&2; mkdir made; echo kept > made/file.txt'"
        self.batch.create_task(job, task("task", command, environment_settings=[
            models.EnvironmentSetting(name="COLOUR", value="red")]))
        found = self.completed(job, "task")
        self.assertEqual((found.execution_info.exit_code, found.execution_info.result), (0, "success"))
        self.assertEqual(found.environment_settings[0].value, "red")
        self.assertEqual(b"".join(self.batch.download_task_file(job, "task", "stdout.txt")), b"out\n")
        self.assertEqual(
            b"".join(self.batch.download_task_file(job, "task", "stderr.txt", ocp_range="bytes=1-2")), b"rr")
        files = {f.name for f in self.batch.list_task_files(job, "task", recursive=True) if not f.is_directory}
        self.assertLessEqual({"stdout.txt", "stderr.txt", "wd/made/file.txt"}, files)
        properties = self.batch.get_task_file_properties(job, "task", "wd/made/file.txt")
        self.assertEqual((properties.content_length, properties.is_directory), (5, False))
        self.batch.delete_task_file(job, "task", "wd/made", recursive=True)
        with self.assertRaises(ResourceNotFoundError) as gone:
            self.batch.get_task_file_properties(job, "task", "wd/made/file.txt")
        self.assertEqual(gone.exception.status_code, 404)

    def test_tasks_are_changed_ended_reactivated_and_deleted(self):
        job = self.make_job(self.make_pool())
        self.batch.create_task(job, task("long", "sleep 600"))
        self.batch.replace_task(job, "long", models.BatchTask(constraints=models.BatchTaskConstraints(
            max_wall_clock_time=datetime.timedelta(hours=1))))
        self.assertEqual(
            self.batch.get_task(job, "long").constraints.max_wall_clock_time, datetime.timedelta(hours=1))
        self.eventually("a running task", lambda: self.batch.get_task(job, "long").state == "running")
        self.batch.terminate_task(job, "long")
        self.assertEqual(self.completed(job, "long").execution_info.failure_info.code, "TaskEnded")
        self.batch.create_task(job, task("fails", "/bin/sh -c 'exit 3'"))
        self.assertEqual(self.completed(job, "fails").execution_info.exit_code, 3)
        self.batch.reactivate_task(job, "fails")
        self.assertEqual(self.completed(job, "fails").execution_info.requeue_count, 0)
        self.batch.create_task(job, task("works"))
        self.completed(job, "works")
        with self.assertRaises(HttpResponseError) as success:
            self.batch.reactivate_task(job, "works")
        self.assertEqual(success.exception.status_code, 409)
        counts = self.batch.get_job_task_counts(job)
        self.assertEqual((counts.task_counts.succeeded, counts.task_counts.failed), (1, 2))
        self.assertEqual(counts.task_slot_counts.completed, 3)
        with self.assertRaises(ResourceExistsError):
            self.batch.create_task(job, task("works"))
        self.batch.delete_task(job, "works")
        left = [t.id for t in self.batch.list_tasks(job, select=["id"], filter="state eq 'completed'")]
        self.assertEqual(sorted(left), ["fails", "long"])

    def test_many_tasks_are_made_at_once(self):
        job = self.make_job(self.make_pool(nodes=0))
        result = self.batch.create_task_collection(
            job, models.BatchTaskGroup(task_values=[task("a"), task("b"), task("not possible")]))
        self.assertEqual(
            [(r.task_id, r.status) for r in result.result_values],
            [("a", "success"), ("b", "success"), ("not possible", "clienterror")])
        self.assertEqual(result.result_values[2].error.code, "InvalidPropertyValue")
        made = self.batch.create_tasks(job, [task("t%04d" % n) for n in range(250)], max_concurrency=4)
        self.assertEqual({r.status for r in made.result_values}, {"success"})
        self.assertEqual(len(list(self.batch.list_tasks(job, max_results=100))), 252)
        self.assertEqual(self.batch.get_job_task_counts(job).task_counts.active, 252)
        with self.assertRaises(models.CreateTasksError):
            self.batch.create_tasks(job, [task("not possible")])

    def test_tasks_run_on_several_nodes(self):
        job = self.make_job(self.make_pool(nodes=2, enable_inter_node_communication=True))
        self.batch.create_task(job, task("mpi", multi_instance_settings=models.MultiInstanceSettings(
            number_of_instances=2, coordination_command_line="true")))
        self.assertEqual(self.completed(job, "mpi").execution_info.result, "success")
        subtask, = list(self.batch.list_subtasks(job, "mpi"))
        self.assertEqual((subtask.id, subtask.state, subtask.exit_code), (1, "completed", 0))
