"""Jobs and job schedules. What is expected is what the reference of the REST API says."""
import datetime

from azure.batch import models

from client import BatchCase


class JobTests(BatchCase):
    def test_jobs_are_made_changed_disabled_enabled_terminated_and_deleted(self):
        pool = self.make_pool(nodes=0)
        job = self.make_job(pool, priority=10)
        self.assertEqual(self.job.get(job).priority, 10)
        self.job.patch(job, models.JobPatchParameter(priority=20))
        self.assertEqual(self.job.get(job).priority, 20)
        self.job.update(job, models.JobUpdateParameter(pool_info=models.PoolInformation(pool_id=pool)))
        self.assertEqual(self.job.get(job).priority, 0)
        self.job.disable(job, "requeue")
        self.eventually("a disabled job", lambda: self.job.get(job).state == models.JobState.disabled)
        self.job.enable(job)
        self.eventually("an active job", lambda: self.job.get(job).state == models.JobState.active)
        self.assertIn(job, [j.id for j in self.job.list(models.JobListOptions(filter="state eq 'active'"))])
        self.job.terminate(job, terminate_reason="enough")
        self.eventually("a completed job", lambda: self.job.get(job).state == models.JobState.completed)
        self.assertEqual(self.job.get(job).execution_info.terminate_reason, "enough")
        self.refused("JobCompleted", self.job.enable, job)
        self.refused("JobNotFound", self.job.get, "none")

    def test_jobs_prepare_and_release_their_nodes(self):
        job = self.make_job(
            self.make_pool(), job_preparation_task=models.JobPreparationTask(command_line="true"),
            job_release_task=models.JobReleaseTask(command_line="true"))
        self.task.add(job, models.TaskAddParameter(id="task", command_line="true"))
        self.completed(job, "task")
        self.job.terminate(job)
        self.eventually("a completed job", lambda: self.job.get(job).state == models.JobState.completed)
        status, = list(self.job.list_preparation_and_release_task_status(job))
        self.assertEqual(status.job_preparation_task_execution_info.exit_code, 0)
        self.assertEqual(status.job_release_task_execution_info.result.value, "success")

    def test_schedules_make_jobs(self):
        pool = self.make_pool(nodes=0)
        schedule = self.name("schedule")
        specification = models.JobSpecification(pool_info=models.PoolInformation(pool_id=pool), priority=1)
        self.assertFalse(self.job_schedule.exists(schedule))
        self.job_schedule.add(models.JobScheduleAddParameter(
            id=schedule, schedule=models.Schedule(recurrence_interval=datetime.timedelta(hours=1)),
            job_specification=specification))
        self.assertTrue(self.job_schedule.exists(schedule))
        jobs = self.eventually("a job", lambda: list(self.job.list_from_job_schedule(schedule)) or None)
        self.assertEqual(jobs[0].id, schedule + ":job-1")
        self.job_schedule.disable(schedule)
        self.assertEqual(self.job_schedule.get(schedule).state.value, "disabled")
        self.job_schedule.enable(schedule)
        self.job_schedule.patch(schedule, models.JobSchedulePatchParameter(
            schedule=models.Schedule(recurrence_interval=datetime.timedelta(hours=5))))
        found = self.job_schedule.get(schedule)
        self.assertEqual(
            (found.state.value, found.schedule.recurrence_interval), ("active", datetime.timedelta(hours=5)))
        self.job_schedule.update(schedule, models.JobScheduleUpdateParameter(
            schedule=models.Schedule(recurrence_interval=datetime.timedelta(hours=10)),
            job_specification=models.JobSpecification(pool_info=models.PoolInformation(pool_id=pool))))
        self.assertEqual(self.job_schedule.get(schedule).job_specification.priority, 0)
        self.assertIn(schedule, [s.id for s in self.job_schedule.list()])
        self.job_schedule.terminate(schedule)
        self.eventually(
            "a completed schedule", lambda: self.job_schedule.get(schedule).state.value == "completed")
        self.job_schedule.delete(schedule)
        self.eventually("end of the schedule", lambda: not self.job_schedule.exists(schedule))
