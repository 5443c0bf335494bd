"""Tasks and their files. What is expected is what the reference of the REST API says."""
import datetime

from azure.batch import models

from client import BatchCase


def task(name, command="true", **more):
    return models.TaskAddParameter(id=name, command_line=command, **more)


class TaskTests(BatchCase):
    def test_tasks_run_and_leave_files(self):
        job = self.make_job(self.make_pool())
        self.task.add(job, task("task", "/bin/sh -c 'echo out; echo kept > file.txt'"))
        found = self.completed(job, "task")
        self.assertEqual((found.execution_info.exit_code, found.execution_info.result.value), (0, "success"))
        self.assertEqual(b"".join(self.file.get_from_task(job, "task", "stdout.txt")), b"out\n")
        part = models.FileGetFromTaskOptions(ocp_range="bytes=1-2")
        self.assertEqual(b"".join(self.file.get_from_task(job, "task", "stdout.txt", part)), b"ut")
        names = {f.name for f in self.file.list_from_task(job, "task", recursive=True)}
        self.assertLessEqual({"stdout.txt", "stderr.txt", "wd/file.txt"}, names)
        properties = self.file.get_properties_from_task(job, "task", "wd/file.txt", raw=True)
        self.assertEqual(properties.response.headers["ocp-batch-file-isdirectory"].lower(), "false")
        self.file.delete_from_task(job, "task", "wd/file.txt")
        with self.assertRaises(models.BatchErrorException) as gone:
            self.file.get_properties_from_task(job, "task", "wd/file.txt")
        self.assertEqual(gone.exception.response.status_code, 404)

    def test_tasks_are_changed_ended_reactivated_and_deleted(self):
        job = self.make_job(self.make_pool())
        self.task.add(job, task("long", "sleep 600"))
        self.task.update(job, "long", constraints=models.TaskConstraints(
            max_wall_clock_time=datetime.timedelta(hours=1)))
        self.assertEqual(
            self.task.get(job, "long").constraints.max_wall_clock_time, datetime.timedelta(hours=1))
        self.eventually("a running task", lambda: self.task.get(job, "long").state.value == "running")
        self.task.terminate(job, "long")
        self.assertEqual(self.completed(job, "long").execution_info.failure_info.code, "TaskEnded")
        self.task.add(job, task("fails", "/bin/sh -c 'exit 3'"))
        self.assertEqual(self.completed(job, "fails").execution_info.exit_code, 3)
        self.task.reactivate(job, "fails")
        self.completed(job, "fails")
        counts = self.job.get_task_counts(job)
        self.assertEqual((counts.task_counts.failed, counts.task_slot_counts.completed), (2, 2))
        self.refused("TaskExists", self.task.add, job, task("fails"))
        self.task.delete(job, "fails")
        self.assertEqual([t.id for t in self.task.list(job)], ["long"])
        self.refused("TaskNotFound", self.task.get, job, "fails")

    def test_many_tasks_are_made_at_once(self):
        job = self.make_job(self.make_pool(nodes=0))
        result = self.task.add_collection(job, [task("t%04d" % n) for n in range(250)], threads=2)
        self.assertEqual({r.status.value for r in result.value}, {"success"})
        self.assertEqual(len(result.value), 250)
        self.assertEqual(len(list(self.task.list(job, models.TaskListOptions(max_results=100)))), 250)

    def test_tasks_run_on_several_nodes(self):
        job = self.make_job(self.make_pool(nodes=2, enable_inter_node_communication=True))
        self.task.add(job, task("mpi", multi_instance_settings=models.MultiInstanceSettings(
            number_of_instances=2, coordination_command_line="true")))
        self.assertEqual(self.completed(job, "mpi").execution_info.result.value, "success")
        subtask, = self.task.list_subtasks(job, "mpi").value
        self.assertEqual((subtask.id, subtask.exit_code), (1, 0))
