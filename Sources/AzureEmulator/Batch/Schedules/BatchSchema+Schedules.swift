extension BatchSchema {
    /// The objects of requests about job schedules.
    static let scheduleModels = """
        BatchJobSchedule
            schedule BatchJobScheduleConfiguration, jobSpecification BatchJobSpecification!,
            metadata [BatchMetadataItem], -id, -displayName, -url, -eTag, -lastModified, -creationTime, -state,
            -stateTransitionTime, -previousState, -previousStateTransitionTime, -executionInfo, -stats
        BatchJobScheduleConfiguration
            doNotRunUntil datetime, doNotRunAfter datetime, startWindow duration, recurrenceInterval duration
        BatchJobScheduleCreateOptions
            id string!, displayName string, schedule BatchJobScheduleConfiguration!,
            jobSpecification BatchJobSpecification!, metadata [BatchMetadataItem]
        BatchJobScheduleUpdateOptions
            schedule BatchJobScheduleConfiguration, jobSpecification BatchJobSpecification,
            metadata [BatchMetadataItem]
        BatchJobSpecification
            priority int32, allowTaskPreemption bool, maxParallelTasks int32, displayName string,
            usesTaskDependencies bool, onAllTasksComplete BatchAllTasksCompleteMode,
            onTaskFailure BatchTaskFailureMode, networkConfiguration BatchJobNetworkConfiguration,
            constraints BatchJobConstraints, jobManagerTask BatchJobManagerTask,
            jobPreparationTask BatchJobPreparationTask, jobReleaseTask BatchJobReleaseTask,
            commonEnvironmentSettings [EnvironmentSetting], poolInfo BatchPoolInfo!, metadata [BatchMetadataItem]
        """
}
