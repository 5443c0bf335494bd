#if DEBUG
/// Lists as the Blob service sends them.
enum XMLListSeeds {
    static let blobs = """
        <?xml version="1.0" encoding="utf-8"?><EnumerationResults ServiceEndpoint="https://e/" ContainerName="c">\
        <Prefix>a</Prefix><MaxResults>2</MaxResults><Blobs><Blob><Name>b &amp; c</Name><Snapshot>\
        2026-01-02T03:04:05.1234567Z</Snapshot><VersionId>v</VersionId><IsCurrentVersion>true</IsCurrentVersion>\
        <Deleted>false</Deleted><Properties><Creation-Time>Fri, 02 Jan 2026 03:04:05 GMT</Creation-Time>\
        <Last-Modified>Fri, 02 Jan 2026 03:04:05 GMT</Last-Modified><Etag>0x8D</Etag><Content-Length>5\
        </Content-Length><Content-Type>text/plain</Content-Type><Content-MD5>AQEBAQEBAQEBAQEBAQEBAQ==</Content-MD5>\
        <x-ms-blob-sequence-number>9</x-ms-blob-sequence-number><BlobType>PageBlob</BlobType><AccessTier>Hot\
        </AccessTier><LeaseStatus>unlocked</LeaseStatus><TagCount>1</TagCount><CopyProgress>1/2</CopyProgress>\
        <RemainingRetentionDays>3</RemainingRetentionDays></Properties><Metadata><k>v</k></Metadata><Tags><TagSet>\
        <Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tags><OrMetadata><or-p_r>complete</or-p_r></OrMetadata>\
        </Blob><BlobPrefix><Name Encoded="true">d%2F</Name></BlobPrefix></Blobs><NextMarker>m</NextMarker>\
        </EnumerationResults>
        """
    static let containers = """
        <?xml version="1.0" encoding="utf-8"?><EnumerationResults><Containers><Container><Name>c</Name><Deleted>true\
        </Deleted><Version>1</Version><Properties><Last-Modified>Fri, 02 Jan 2026 03:04:05 GMT</Last-Modified><Etag>e\
        </Etag><LeaseStatus>locked</LeaseStatus><PublicAccess>blob</PublicAccess><RemainingRetentionDays>7\
        </RemainingRetentionDays></Properties><Metadata><a>b</a></Metadata></Container></Containers><NextMarker/>\
        </EnumerationResults>
        """
    static let found = """
        <EnumerationResults><Where>"a"='b'</Where><Blobs><Blob><Name>n</Name><ContainerName>c</ContainerName><Tags>\
        <TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tags></Blob></Blobs><NextMarker>m</NextMarker>\
        </EnumerationResults>
        """
    static let pages = """
        <PageList><PageRange><Start>0</Start><End>511</End></PageRange><ClearRange><Start>512</Start><End>1023</End>\
        </ClearRange><NextMarker/></PageList>
        """
    static let blocks = """
        <BlockList><CommittedBlocks><Block><Name>AAAA</Name><Size>4194304</Size></Block></CommittedBlocks>\
        <UncommittedBlocks><Block><Name>/4AB</Name><Size>1</Size></Block></UncommittedBlocks></BlockList>
        """

    static let all = [blobs, containers, found, pages, blocks]
}

/// Objects as the Batch service sends them.
enum JSONSeeds {
    static let pool = """
        {"id":"p","displayName":"P","url":"https://a/pools/p","eTag":"0x8D","lastModified":"2026-01-02T03:04:05.1Z",\
        "state":"active","allocationState":"steady","vmSize":"a","resizeTimeout":"PT15M","resizeErrors":[{"code":"c",\
        "message":"m","values":[{"name":"a","value":"b"}]}],"currentDedicatedNodes":1,"targetDedicatedNodes":2,\
        "virtualMachineConfiguration":{"imageReference":{"publisher":"p","offer":"o","sku":"s","version":"latest"},\
        "nodeAgentSKUId":"n","dataDisks":[{"lun":0,"diskSizeGB":32}],"extensions":[{"name":"e","publisher":"p",\
        "type":"t","settings":{"a":"b"}}]},"startTask":{"commandLine":"c","environmentSettings":[{"name":"A",\
        "value":"b"}],"maxTaskRetryCount":-1},"metadata":[{"name":"a","value":"b"}],"userAccounts":[{"name":"u",\
        "password":"s"}],"autoScaleRun":{"timestamp":"2026-01-02T03:04:05Z","results":"$a=1"}}
        """
    static let job = """
        {"id":"j","state":"active","priority":-1000,"constraints":{"maxWallClockTime":"P10675199DT2H48M5.4775807S",\
        "maxTaskRetryCount":3},"poolInfo":{"poolId":"p","autoPoolSpecification":{"poolLifetimeOption":"job","pool":\
        {"vmSize":"a"}}},"jobManagerTask":{"id":"m","commandLine":"c"},"executionInfo":{"startTime":\
        "2026-01-02T03:04:05Z","terminateReason":"r"},"usesTaskDependencies":true,"onAllTasksComplete":"noaction"}
        """
    static let task = """
        {"id":"t","commandLine":"c","state":"completed","constraints":{"retentionTime":"P7D"},"exitConditions":\
        {"exitCodes":[{"code":1,"exitOptions":{"jobAction":"terminate"}}],"exitCodeRanges":[{"start":2,"end":5,\
        "exitOptions":{"dependencyAction":"block"}}]},"dependsOn":{"taskIds":["a"],"taskIdRanges":[{"start":1,"end":\
        5}]},"executionInfo":{"exitCode":1,"retryCount":0,"requeueCount":0,"failureInfo":{"category":"usererror",\
        "code":"FailureExitCode"},"startTime":"2026-01-02T03:04:05Z"},"nodeInfo":{"affinityId":"a","poolId":"p"},\
        "multiInstanceSettings":{"numberOfInstances":2,"coordinationCommandLine":"c"},"requiredSlots":1,\
        "resourceFiles":[{"httpUrl":"https://h/f?sig=s","filePath":"f"}],"outputFiles":[{"filePattern":"**",\
        "destination":{"container":{"containerUrl":"u"}},"uploadOptions":{"uploadCondition":"taskcompletion"}}]}
        """
    static let schedule = """
        {"id":"s","schedule":{"recurrenceInterval":"PT1H","startWindow":"PT1M","doNotRunUntil":"2026-01-02T00:00:00Z"},\
        "jobSpecification":{"poolInfo":{"poolId":"p"}},"state":"active","executionInfo":{"nextRunTime":\
        "2026-01-02T03:04:05Z","recentJob":{"id":"j"}},"stats":{"userCPUTime":"PT0S","readIOGiB":0.5,\
        "numSucceededTasks":"9223372036854775807"}}
        """
    static let node = """
        {"id":"n","state":"idle","schedulingState":"enabled","ipAddress":"10.0.0.4","vmSize":"a","totalTasksRun":3,\
        "recentTasks":[{"jobId":"j","taskId":"t","taskState":"running","executionInfo":{"retryCount":0}}],\
        "certificateReferences":[],"errors":[{"code":"c","message":"m"}],"endpointConfiguration":\
        {"inboundEndpoints":[{"name":"a","protocol":"tcp","frontendPort":1,"backendPort":22}]},"isDedicated":true}
        """

    static let all = [pool, job, task, schedule, node]

    /// A page of a list.
    static func page(_ items: String, next: String = "") -> String {
        #"{"odata.metadata":"m","value":[\#(items)]\#(next.isEmpty ? "" : #","odata.nextLink":"\#(next)""#)}"#
    }
}
#endif
