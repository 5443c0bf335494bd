"""Jobs, schedules and tasks from the command line. What is expected is what the reference of `az batch` says."""
import os

from client import CommandCase


class JobTests(CommandCase):
    def test_jobs_are_made_changed_disabled_enabled_and_stopped(self):
        pool = self.make_pool(nodes=0)
        job = self.make_job(pool, priority=10, job_max_task_retry_count=2)
        found = self.az("job show", job_id=job)
        self.assertEqual((found["priority"], found["constraints"]["maxTaskRetryCount"]), (10, 2))
        self.az("job set", job_id=job, priority=20)
        self.assertEqual(self.az("job show", job_id=job)["priority"], 20)
        self.az("job reset", job_id=job, pool_id=pool, priority=30)
        self.assertEqual(self.az("job show", job_id=job)["constraints"]["maxTaskRetryCount"], 0)
        self.az("job disable", job_id=job, disable_tasks="requeue")
        self.eventually("a disabled job", lambda: self.az("job show", job_id=job)["state"] == "disabled")
        self.az("job enable", job_id=job)
        self.assertIn(job, [j["id"] for j in self.az("job list")])
        self.az("job stop", job_id=job, terminate_reason="enough")
        self.eventually("a completed job", lambda: self.az("job show", job_id=job)["state"] == "completed")
        self.assertEqual(self.az("job show", job_id=job)["executionInfo"]["terminateReason"], "enough")

    def test_jobs_prepare_their_nodes(self):
        pool, job = self.make_pool(), self.name("job")
        self.az("job create", json_file=self.write("job.json", {
            "id": job, "poolInfo": {"poolId": pool}, "jobPreparationTask": {"commandLine": "true"}}))
        self.addCleanup(self.az, "job delete", job_id=job, yes=True)
        self.az("task create", job_id=job, task_id="task", command_line="true")
        self.completed(job, "task")
        status, = self.az("job prep-release-status list", job_id=job)
        self.assertEqual(status["jobPreparationTaskExecutionInfo"]["exitCode"], 0)

    def test_schedules_make_jobs(self):
        pool = self.make_pool(nodes=0)
        schedule = self.name("schedule")
        place = {"job_schedule_id": schedule}
        self.az("job-schedule create", id=schedule, pool_id=pool, recurrence_interval="PT1H", priority=1)
        self.addCleanup(self.az, "job-schedule delete", yes=True, **place)
        self.assertEqual(self.az("job-schedule show", **place)["schedule"]["recurrenceInterval"], "PT1H")
        jobs = self.eventually("a job", lambda: self.az("job list", job_schedule_id=schedule) or None)
        self.assertEqual(jobs[0]["id"], schedule + ":job-1")
        self.az("job-schedule disable", **place)
        self.assertEqual(self.az("job-schedule show", **place)["state"], "disabled")
        self.az("job-schedule enable", **place)
        self.az("job-schedule set", recurrence_interval="PT5H", **place)
        self.assertEqual(self.az("job-schedule show", **place)["schedule"]["recurrenceInterval"], "PT5H")
        self.az("job-schedule reset", pool_id=pool, recurrence_interval="PT10H", **place)
        self.assertEqual(self.az("job-schedule show", **place)["jobSpecification"]["priority"], 0)
        self.assertIn(schedule, [s["id"] for s in self.az("job-schedule list")])
        self.az("job-schedule stop", **place)
        self.eventually("its end", lambda: self.az("job-schedule show", **place)["state"] == "completed")


class TaskTests(CommandCase):
    def test_tasks_run_and_leave_files(self):
        job = self.make_job(self.make_pool())
        place = {"job_id": job, "task_id": "task"}
        self.az(
            "task create", command_line="/bin/sh -c 'echo out; echo kept > file.txt'",
            environment_settings="COLOUR=red", **place)
        self.assertEqual(self.completed(job, "task")["executionInfo"]["exitCode"], 0)
        files = [f["name"] for f in self.az("task file list", recursive=True, **place)]
        self.assertIn("wd/file.txt", files)
        self.breaks("has no attribute 'items'", "task file show", file_path="wd/file.txt", **place)
        copy = os.path.join(self.directory, "copy.txt")
        self.az("task file download", file_path="stdout.txt", destination=copy, **place)
        with open(copy, encoding="utf-8") as file:
            self.assertEqual(file.read(), "out\n")
        self.az("task file delete", file_path="wd/file.txt", yes=True, **place)
        self.assertEqual(self.az("job task-counts show", job_id=job)["taskCounts"]["succeeded"], 1)

    def test_tasks_are_changed_stopped_reactivated_and_deleted(self):
        job = self.make_job(self.make_pool())
        several = [{"id": name, "commandLine": "/bin/sh -c 'exit 3'"} for name in ("a", "b")]
        made = self.az("task create", job_id=job, json_file=self.write("tasks.json", several))
        self.assertEqual([task["status"] for task in made], ["success", "success"])
        self.assertEqual(self.completed(job, "a")["executionInfo"]["exitCode"], 3)
        self.az("task reactivate", job_id=job, task_id="a")
        self.completed(job, "a")
        self.az("task delete", job_id=job, task_id="a", yes=True)
        self.az("task create", job_id=job, task_id="long", command_line="sleep 600")
        self.az("task reset", job_id=job, task_id="long", max_wall_clock_time="PT1H")
        self.az("task stop", job_id=job, task_id="long")
        self.assertEqual(self.completed(job, "long")["executionInfo"]["failureInfo"]["code"], "TaskEnded")
        self.assertEqual([t["id"] for t in self.az("task list", job_id=job)], ["b", "long"])

    def test_tasks_run_on_several_nodes(self):
        job = self.make_job(self.make_pool(nodes=2, enable_inter_node_communication=True))
        task = {"id": "mpi", "commandLine": "true", "multiInstanceSettings": {
            "numberOfInstances": 2, "coordinationCommandLine": "true"}}
        self.az("task create", job_id=job, json_file=self.write("task.json", task))
        self.assertEqual(self.completed(job, "mpi")["executionInfo"]["result"], "success")
        subtasks = self.az("task subtask list", job_id=job, task_id="mpi")
        self.assertEqual([task["exitCode"] for task in subtasks], [0])
