/// Answers in the form that the service gives them.
enum Fixtures {
    static let pool = #"""
        {"odata.metadata":"https://account.westeurope.batch.azure.com/$metadata#pools/@Element","id":"pool-1",
        "url":"https://account.westeurope.batch.azure.com/pools/pool-1","eTag":"0x8DE2A4B5C6D7E8F",
        "lastModified":"2026-01-02T03:04:05.1234567Z","creationTime":"2026-01-02T03:04:05Z","state":"Active",
        "stateTransitionTime":"2026-01-02T03:04:05.1Z","allocationState":"steady",
        "allocationStateTransitionTime":"2026-01-02T03:09:05.123Z","vmSize":"standard_d2s_v3",
        "resizeTimeout":"PT15M","currentDedicatedNodes":0,"targetDedicatedNodes":2,"currentLowPriorityNodes":0,
        "targetLowPriorityNodes":0,"enableAutoScale":false,"enableInterNodeCommunication":false,
        "resizeErrors":[{"code":"AccountCoreQuotaReached","message":"The specified account has reached core quota",
        "values":[{"name":"Limit","value":"10"}]}],
        "startTask":{"commandLine":"/bin/bash -c 'set -e; apt-get update'","userIdentity":{"autoUser":
        {"scope":"Pool","elevationLevel":"Admin"}},"maxTaskRetryCount":0,"waitForSuccess":true},
        "taskSlotsPerNode":1,"taskSchedulingPolicy":{"nodeFillType":"Spread","jobDefaultOrder":"None"},
        "virtualMachineConfiguration":{"imageReference":{"publisher":"canonical","offer":"ubuntu-24_04-lts",
        "sku":"server","version":"latest","exactVersion":"24.04.202511010"},"nodeAgentSKUId":"batch.node.ubuntu 24.04",
        "nodePlacementConfiguration":{"policy":"Regional"},"osDisk":{"caching":"None","managedDisk":
        {"storageAccountType":"Premium_LRS"}},"securityProfile":{"securityType":"trustedLaunch","encryptionAtHost":
        false,"uefiSettings":{"secureBootEnabled":true,"vTpmEnabled":true}}},
        "networkConfiguration":{"dynamicVNetAssignmentScope":"none","enableAcceleratedNetworking":true},
        "metadata":[{"name":"owner","value":"me"}],"identity":{"type":"None"},
        "upgradePolicy":{"mode":"Manual","rollingUpgradePolicy":{"pauseTimeBetweenBatches":"PT0S"}},
        "stats":{"url":"https://account.westeurope.batch.azure.com/pools/pool-1/stats",
        "startTime":"2026-01-02T03:04:05Z","lastUpdateTime":"2026-01-02T04:04:05.12Z",
        "usageStats":{"startTime":"2026-01-02T03:04:05Z","lastUpdateTime":"2026-01-02T04:04:05Z",
        "dedicatedCoreTime":"PT0S"},"resourceStats":{"startTime":"2026-01-02T03:04:05Z",
        "lastUpdateTime":"2026-01-02T04:04:05Z","avgCPUPercentage":12.5,"avgMemoryGiB":1,"peakMemoryGiB":2.25,
        "avgDiskGiB":0,"peakDiskGiB":0,"diskReadIOps":"4611686018427387904","diskWriteIOps":17,"diskReadGiB":0.001,
        "diskWriteGiB":1e-05,"networkReadGiB":3,"networkWriteGiB":0}}}
        """#

    static let job = #"""
        {"odata.metadata":"https://account.westeurope.batch.azure.com/$metadata#jobs/@Element","id":"job-1",
        "displayName":"Nightly","url":"https://account.westeurope.batch.azure.com/jobs/job-1",
        "eTag":"0x8DE2A4B5C6D7E90","lastModified":"2026-01-02T03:04:05.12345Z",
        "creationTime":"2026-01-02T03:04:05.123456Z","state":"active",
        "stateTransitionTime":"2026-01-02T03:04:05.1234Z","priority":0,"allowTaskPreemption":false,
        "maxParallelTasks":-1,"usesTaskDependencies":false,
        "constraints":{"maxWallClockTime":"P10675199DT2H48M5.4775807S","maxTaskRetryCount":0},
        "poolInfo":{"poolId":"pool-1"},"executionInfo":{"startTime":"2026-01-02T03:04:06Z","poolId":"pool-1"},
        "onAllTasksComplete":"NoAction","onTaskFailure":"noaction",
        "stats":{"url":"https://account.westeurope.batch.azure.com/jobs/job-1/stats",
        "startTime":"2026-01-02T03:04:05Z","lastUpdateTime":"2026-01-02T03:34:05Z","userCPUTime":"PT1H2M3.004S",
        "kernelCPUTime":"PT0S","wallClockTime":"P1DT1S","readIOps":"1000","writeIOps":"0","readIOGiB":0.5,
        "writeIOGiB":0,"numTaskRetries":"0","numSucceededTasks":"12","numFailedTasks":"3","waitTime":"PT5M"}}
        """#

    static let task = #"""
        {"odata.metadata":"https://account.westeurope.batch.azure.com/$metadata#tasks/@Element","id":"task-1",
        "url":"https://account.westeurope.batch.azure.com/jobs/job-1/tasks/task-1","eTag":"0x8DE2A4B5C6D7E91",
        "creationTime":"2026-01-02T03:04:05.12Z","lastModified":"2026-01-02T03:04:05.12Z","state":"Completed",
        "stateTransitionTime":"2026-01-02T03:05:05.1234567Z","previousState":"running",
        "previousStateTransitionTime":"2026-01-02T03:04:59.9999999Z","commandLine":"cmd /c exit /b 3221225786",
        "userIdentity":{"autoUser":{"elevationLevel":"nonadmin"}},"constraints":{"maxWallClockTime":
        "P10675199DT2H48M5.4775807S","retentionTime":"P7D","maxTaskRetryCount":0},"requiredSlots":1,
        "exitConditions":{"default":{"jobAction":"None","dependencyAction":"block"}},
        "dependsOn":{"taskIds":["a"],"taskIdRanges":[{"start":1,"end":10}]},
        "executionInfo":{"startTime":"2026-01-02T03:04:59.9999999Z","endTime":"2026-01-02T03:05:05.1234567Z",
        "exitCode":-1073741510,"failureInfo":{"category":"UserError","code":"FailureExitCode",
        "message":"The task exited with an exit code representing a failure",
        "details":[{"name":"Message","value":"The task exited with a failure code"}]},"result":"Failure",
        "retryCount":0,"requeueCount":0},"nodeInfo":{"affinityId":"TVM:tvmps_1","nodeUrl":
        "https://account.westeurope.batch.azure.com/pools/pool-1/nodes/tvmps_1","poolId":"pool-1","nodeId":"tvmps_1",
        "taskRootDirectory":"workitems/job-1/job-1/task-1","taskRootDirectoryUrl":
        "https://account.westeurope.batch.azure.com/pools/pool-1/nodes/tvmps_1/files/workitems/job-1/job-1/task-1"}}
        """#

    static let node = #"""
        {"id":"tvmps_1","url":"https://account.westeurope.batch.azure.com/pools/pool-1/nodes/tvmps_1",
        "state":"StartTaskFailed","schedulingState":"Enabled","stateTransitionTime":"2026-01-02T03:04:05.123Z",
        "lastBootTime":"2026-01-02T03:03:05.1Z","allocationTime":"2026-01-02T03:02:05Z","ipAddress":"10.0.0.4",
        "ipv6Address":"","affinityId":"TVM:tvmps_1","vmSize":"standard_d2s_v3","totalTasksRun":0,
        "totalTasksSucceeded":0,"runningTasksCount":0,"runningTaskSlotsCount":0,"isDedicated":true,
        "startTaskInfo":{"state":"Completed","startTime":"2026-01-02T03:03:30Z","endTime":"2026-01-02T03:03:31Z",
        "exitCode":1,"failureInfo":{"category":"usererror","code":"FailureExitCode","message":"exit code 1"},
        "retryCount":0,"result":"failure"},
        "errors":[{"code":"StartTaskFailure","message":"start task failed","errorDetails":[]}],
        "endpointConfiguration":{"inboundEndpoints":[{"name":"SSHRule.0","protocol":"TCP","publicIPAddress":
        "20.1.2.3","publicFQDN":"dns.westeurope.cloudapp.azure.com","frontendPort":50000,"backendPort":22}]},
        "nodeAgentInfo":{"version":"1.11.11","lastUpdateTime":"2026-01-02T03:02:05.1234567Z"},
        "virtualMachineInfo":{"imageReference":{"publisher":"canonical","offer":"ubuntu-24_04-lts","sku":"server",
        "version":"latest","exactVersion":"24.04.202511010"}}}
        """#

    static let schedule = #"""
        {"id":"schedule","url":"https://account.westeurope.batch.azure.com/jobschedules/schedule","eTag":"0x1",
        "lastModified":"2026-01-02T03:04:05Z","creationTime":"2026-01-02T03:04:05Z","state":"Active",
        "stateTransitionTime":"2026-01-02T03:04:05Z","schedule":{"doNotRunUntil":"2026-01-02T03:04:05.1234567Z",
        "recurrenceInterval":"PT1H","startWindow":"PT5M"},
        "jobSpecification":{"priority":0,"usesTaskDependencies":false,"poolInfo":{"autoPoolSpecification":
        {"poolLifetimeOption":"JobSchedule","keepAlive":false,"pool":{"vmSize":"a1"}}},
        "jobManagerTask":{"id":"manager","commandLine":"true","killJobOnCompletion":true,"runExclusive":true}},
        "executionInfo":{"nextRunTime":"2026-01-02T04:04:05Z","recentJob":{"id":"schedule:job-1",
        "url":"https://account.westeurope.batch.azure.com/jobs/schedule:job-1"}}}
        """#

    static let taskCounts = #"""
        {"odata.metadata":"https://account.westeurope.batch.azure.com/$metadata#taskCountsResult",
        "taskCounts":{"active":2,"running":1,"completed":7,"succeeded":5,"failed":2},
        "taskSlotCounts":{"active":2,"running":1,"completed":7,"succeeded":5,"failed":2}}
        """#

    static let file = #"""
        {"name":"wd/out.bin","url":"https://account.westeurope.batch.azure.com/jobs/j/tasks/t/files/wd/out.bin",
        "isDirectory":false,"properties":{"creationTime":"2026-01-02T03:04:05.1234567Z",
        "lastModified":"2026-01-02T03:04:05.1234567Z","contentLength":"5368709121",
        "contentType":"application/octet-stream","fileMode":"0o100644"}}
        """#

    static let preparationStatus = #"""
        {"poolId":"pool-1","nodeId":"tvmps_1","nodeUrl":
        "https://account.westeurope.batch.azure.com/pools/pool-1/nodes/tvmps_1",
        "jobPreparationTaskExecutionInfo":{"startTime":"2026-01-02T03:04:05Z","endTime":"2026-01-02T03:04:06Z",
        "state":"Completed","exitCode":0,"retryCount":0,"result":"Success"}}
        """#
}
