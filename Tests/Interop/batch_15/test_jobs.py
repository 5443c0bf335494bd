"""Jobs and job schedules. What is expected is what the reference of the REST API says."""
import datetime

from azure.batch import models
from azure.batch.models import _models as plain
from azure.core.exceptions import HttpResponseError, ResourceNotFoundError

from client import BatchCase

# The client has this model, but does not export it.
TerminateOptions = plain.BatchJobTerminateOptions


class JobTests(BatchCase):
    def test_jobs_are_made_changed_disabled_enabled_terminated_and_deleted(self):
        pool = self.make_pool(nodes=0)
        job = self.make_job(pool, priority=10)
        self.assertEqual(self.batch.get_job(job).priority, 10)
        self.batch.update_job(job, models.BatchJobUpdateOptions(
            priority=20, metadata=[models.BatchMetadataItem(name="a", value="1")]))
        found = self.batch.get_job(job)
        self.assertEqual((found.priority, found.metadata[0].value), (20, "1"))
        self.batch.replace_job(job, models.BatchJob(pool_info=models.BatchPoolInfo(pool_id=pool)))
        found = self.batch.get_job(job)
        self.assertEqual((found.priority, found.metadata), (0, None))
        self.finish(self.batch.begin_disable_job(
            job, models.BatchJobDisableOptions(disable_tasks=models.DisableBatchJobOption.REQUEUE),
            polling_interval=0.05))
        self.assertEqual(self.batch.get_job(job).state, models.BatchJobState.DISABLED)
        self.finish(self.batch.begin_enable_job(job, polling_interval=0.05))
        self.assertEqual(self.batch.get_job(job).state, models.BatchJobState.ACTIVE)
        self.assertIn(job, [j.id for j in self.batch.list_jobs(filter="state eq 'active'")])
        self.finish(self.batch.begin_terminate_job(
            job, TerminateOptions(termination_reason="enough"), polling_interval=0.05))
        ended = self.batch.get_job(job)
        self.assertEqual((ended.state, ended.execution_info.termination_reason), ("completed", "enough"))
        with self.assertRaises(HttpResponseError) as late:
            self.batch.begin_enable_job(job)
        self.assertEqual(late.exception.status_code, 409)

    def test_jobs_prepare_and_release_their_nodes(self):
        pool = self.make_pool()
        job = self.make_job(
            pool, job_preparation_task=models.BatchJobPreparationTask(command_line="true"),
            job_release_task=models.BatchJobReleaseTask(command_line="true"))
        self.batch.create_task(job, models.BatchTaskCreateOptions(id="task", command_line="true"))
        self.completed(job, "task")
        # Without options this version of the client sends nothing.
        self.finish(self.batch.begin_terminate_job(
            job, TerminateOptions(termination_reason="enough"), polling_interval=0.05))
        status, = list(self.batch.list_job_preparation_and_release_task_status(job))
        self.assertEqual(status.pool_id, pool)
        self.assertEqual(status.job_preparation_task_execution_info.exit_code, 0)
        self.assertEqual(status.job_release_task_execution_info.result, "success")

    def test_schedules_make_jobs(self):
        pool = self.make_pool(nodes=0)
        schedule = self.name("schedule")
        specification = models.BatchJobSpecification(pool_info=models.BatchPoolInfo(pool_id=pool), priority=1)
        # This version of the client says so with an error.
        with self.assertRaises(ResourceNotFoundError):
            self.batch.job_schedule_exists(schedule)
        self.batch.create_job_schedule(models.BatchJobScheduleCreateOptions(
            id=schedule, job_specification=specification,
            schedule=models.BatchJobScheduleConfiguration(recurrence_interval=datetime.timedelta(hours=1))))
        self.assertTrue(self.batch.job_schedule_exists(schedule))
        jobs = self.eventually("a job", lambda: list(self.batch.list_jobs_from_schedule(schedule)) or None)
        self.assertEqual(jobs[0].id, schedule + ":job-1")
        self.assertEqual(
            self.batch.get_job_schedule(schedule).execution_info.recent_job.id, schedule + ":job-1")
        self.batch.disable_job_schedule(schedule)
        self.assertEqual(self.batch.get_job_schedule(schedule).state, models.BatchJobScheduleState.DISABLED)
        self.batch.enable_job_schedule(schedule)
        self.batch.update_job_schedule(schedule, models.BatchJobScheduleUpdateOptions(
            schedule=models.BatchJobScheduleConfiguration(recurrence_interval=datetime.timedelta(hours=5))))
        found = self.batch.get_job_schedule(schedule)
        self.assertEqual((found.state, found.schedule.recurrence_interval), ("active", datetime.timedelta(hours=5)))
        self.batch.replace_job_schedule(schedule, models.BatchJobSchedule(
            schedule=models.BatchJobScheduleConfiguration(recurrence_interval=datetime.timedelta(hours=10)),
            job_specification=models.BatchJobSpecification(pool_info=models.BatchPoolInfo(pool_id=pool))))
        self.assertEqual(self.batch.get_job_schedule(schedule).job_specification.priority, 0)
        self.assertIn(schedule, [s.id for s in self.batch.list_job_schedules()])
        self.finish(self.batch.begin_terminate_job_schedule(schedule, polling_interval=0.05))
        self.assertEqual(self.batch.get_job_schedule(schedule).state, models.BatchJobScheduleState.COMPLETED)
        self.finish(self.batch.begin_delete_job_schedule(schedule, polling_interval=0.05))
        with self.assertRaises(ResourceNotFoundError):
            self.batch.get_job_schedule(schedule)
