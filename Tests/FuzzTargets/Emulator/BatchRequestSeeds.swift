#if DEBUG
/// Requests to the Batch service, one for each operation at least.
enum BatchRequestSeeds {
    static let words = [
        "\u{1E}", "\n\n", "GET ", "POST ", "PUT ", "PATCH ", "DELETE ", "HEAD ", "/pools/p", "/jobs/j", "/tasks/t",
        "/nodes/tvmps_00000001_d", "/files/stdout.txt", "?$filter=", "&$select=", "&$skiptoken=", "?maxresults=",
        "&timeOut=", "?recursive=true", "ocp-range: bytes=0-9", "If-Match: *", "If-None-Match: \"0x1\"",
        "If-Modified-Since: Fri, 02 Jan 2026 03:04:05 GMT", "\"id\":", "\"taskIdRanges\":[{\"start\":1,\"end\":9}]",
        "\"maxTaskRetryCount\":", "\"PT1M\"", "\"P10675199DT2H48M5.4775807S\"", "\"requiredSlots\":", "null", "[", "{",
        "\"targetDedicatedNodes\":", "\"exitCode\":", "\"onAllTasksComplete\":\"terminatejob\"", "\"dependsOn\":",
    ]

    private static let machine =
        #""virtualMachineConfiguration":{"imageReference":{"publisher":"canonical","offer":"ubuntu-24_04-lts","sku":"#
        + #""server"},"nodeAgentSKUId":"batch.node.ubuntu 24.04"}"#

    static let pool =
        #"{"id":"p","vmSize":"standard_d2s_v3","targetDedicatedNodes":2,"taskSlotsPerNode":2,\#(machine)}"#

    /// What every input begins with.
    static let beginning: [[UInt8]] = [
        "POST /pools\n\n\(pool)", #"POST /jobs\#n\#n{"id":"j","poolInfo":{"poolId":"p"},"usesTaskDependencies":true}"#,
        #"POST /jobs/j/tasks\#n\#n{"id":"1","commandLine":"true"}"#,
        #"POST /jobs/j/tasks\#n\#n{"id":"t","commandLine":"true","dependsOn":{"taskIds":["1"]}}"#,
    ].map { Array($0.utf8) }

    static let all = lists + pools + nodes + jobs + tasks + files

    private static let lists = [
        "GET /supportedimages?$filter=verificationType eq 'verified'&maxresults=2", "GET /nodecounts",
        "GET /applications",
        "GET /pools?maxresults=1&$select=id,state&$filter=startswith(id,'p')", "GET /jobs?$skiptoken=j",
        "GET /jobs/j/tasks?$skiptoken=0&maxresults=1&$filter=state eq 'completed'", "GET /poolusagemetrics",
        "GET /jobs/j/taskcounts", "GET /jobs/j/jobpreparationandreleasetaskstatus", "GET /applications/a",
        "GET /jobs/j/tasks/t/subtasksinfo", "GET /pools/p/nodes?$filter=state eq 'idle'", "GET /jobschedules",
    ]

    private static let pools = [
        "HEAD /pools/p\nIf-Match: *", "GET /pools/p?$select=id,startTask&$expand=stats",
        #"PATCH /pools/p\#n\#n{"startTask":{"commandLine":"a","maxTaskRetryCount":-1,"waitForSuccess":true}}"#,
        #"POST /pools/p/resize\#n\#n{"targetDedicatedNodes":3,"targetLowPriorityNodes":1,"resizeTimeout":"PT5M","#
            + #""nodeDeallocationOption":"requeue"}\#u{1E}POST /pools/p/stopresize"#,
        #"POST /pools/p/removenodes\#n\#n{"nodeList":["tvmps_00000001_d"],"nodeDeallocationOption":"taskcompletion"}"#,
        #"POST /pools/p/updateproperties\#n\#n{"applicationPackageReferences":[],"metadata":[{"name":"a","value":"b"}]}"#,
        #"POST /pools/p/enableautoscale\#n\#n{"autoScaleFormula":"$a=1;","autoScaleEvaluationInterval":"PT5M"}"#,
        "POST /pools/p/disableautoscale", #"POST /pools/p/evaluateautoscale\#n\#n{"autoScaleFormula":"$a=1;"}"#,
        "DELETE /pools/p\u{1E}GET /pools/p",
        #"POST /pools\#n\#n{"id":"q","vmSize":"standard_d2s_v3","targetDedicatedNodes":1,"startTask":{"commandLine":"c","#
            + #""environmentSettings":[{"name":"A","value":"b"}],"resourceFiles":[{"httpUrl":"http://h/f","filePath":"f"}]},"#
            + #"\#(machine)}"#,
    ]

    private static let node = "/pools/p/nodes/tvmps_00000001_d"

    private static let nodes = [
        "GET \(node)", #"POST \#(node)/reboot\#n\#n{"nodeRebootOption":"requeue"}"#, "POST \(node)/start",
        #"POST \#(node)/reimage\#n\#n{"nodeReimageOption":"terminate"}"#,
        #"POST \#(node)/deallocate\#n\#n{"nodeDeallocateOption":"retaineddata"}"#,
        #"POST \#(node)/disablescheduling\#n\#n{"nodeDisableSchedulingOption":"taskcompletion"}"#,
        "POST \(node)/enablescheduling", "GET \(node)/remoteloginsettings", "GET \(node)/extensions/a",
        #"POST \#(node)/uploadbatchservicelogs\#n\#n{"containerUrl":"https://c?sig=x","startTime":"2026-01-02T00:00:00Z"}"#,
        #"POST \#(node)/users\#n\#n{"name":"u","password":"s"}"#, "DELETE \(node)/users/u",
    ]

    private static let jobs = [
        "GET /jobs/j?$select=id", #"PATCH /jobs/j\#n\#n{"priority":-1000,"constraints":{"maxWallClockTime":"PT1H"}}"#,
        #"PUT /jobs/j\#n\#n{"poolInfo":{"poolId":"p"},"priority":1,"onAllTasksComplete":"terminatejob"}"#,
        #"POST /jobs/j/disable\#n\#n{"disableTasks":"requeue"}\#u{1E}POST /jobs/j/enable"#,
        #"POST /jobs/j/terminate\#n\#n{"terminateReason":"enough"}"#, "DELETE /jobs/j?force=true\u{1E}GET /jobs/j",
        #"POST /jobs\#n\#n{"id":"k","poolInfo":{"poolId":"p"},"onTaskFailure":"performexitoptionsjobaction","metadata":[],"#
            + #""constraints":{"maxWallClockTime":"P1D","maxTaskRetryCount":3},"commonEnvironmentSettings":[{"name":"A"}]}"#,
        #"POST /jobschedules\#n\#n{"id":"s","schedule":{},"jobSpecification":{"poolInfo":{"poolId":"p"}}}"#,
    ]

    private static let tasks = [
        "GET /jobs/j/tasks/t?$select=id,executionInfo", "DELETE /jobs/j/tasks/t", "POST /jobs/j/tasks/t/terminate",
        "POST /jobs/j/tasks/1/reactivate", #"PUT /jobs/j/tasks/t\#n\#n{"constraints":{"maxTaskRetryCount":2}}"#,
        #"POST /jobs/j/addtaskcollection\#n\#n{"value":[{"id":"a","commandLine":"c"},{"id":"2","commandLine":"c","#
            + #""requiredSlots":2}]}\#u{1E}GET /jobs/j/tasks"#,
        #"POST /jobs/j/tasks\#n\#n{"id":"5","commandLine":"c","dependsOn":{"taskIdRanges":[{"start":1,"end":4}]},"#
            + #""exitConditions":{"exitCodes":[{"code":1,"exitOptions":{"jobAction":"disable","dependencyAction":"block"}}],"#
            + #""exitCodeRanges":[{"start":2,"end":5,"exitOptions":{"jobAction":"none"}}],"default":{"jobAction":"none"}},"#
            + #""constraints":{"maxWallClockTime":"PT1M","retentionTime":"P7D","maxTaskRetryCount":-1},"requiredSlots":1}"#,
        #"POST /jobs/j/tasks\#n\#n{"id":"6","commandLine":"c","multiInstanceSettings":{"numberOfInstances":1,"#
            + #""coordinationCommandLine":"c","commonResourceFiles":[{"httpUrl":"http://h/f","filePath":"f"}]},"#
            + #""outputFiles":[{"filePattern":"**/*.txt","destination":{"container":{"containerUrl":"http://h/c","path":"p","#
            + #""uploadHeaders":[{"name":"a","value":"b"}]}},"uploadOptions":{"uploadCondition":"taskfailure"}}]}"#
            + "\u{1E}GET /jobs/j/tasks/6/subtasksinfo",
    ]

    private static let files = [
        "GET /jobs/j/tasks/t/files?recursive=true", "GET /jobs/j/tasks/1/files/stdout.txt\nocp-range: bytes=0-9",
        "HEAD /jobs/j/tasks/1/files/wd%2Fa.txt", "GET \(node)/files?recursive=false", "HEAD \(node)/files/a",
        "GET \(node)/files/startup%2Fstdout.txt\nocp-range: bytes=5-",
    ]
}
#endif
