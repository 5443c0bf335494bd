#if Emulator
import AzureEmulator
import PythonSupport
import Testing

@Suite("The official Python client and the history of blobs")
struct PythonHistoryTests {
    private static let beginning = #"""
        import datetime, sys
        from azure.core.exceptions import HttpResponseError
        from azure.storage.blob import BlobServiceClient, ImmutabilityPolicy, RetentionPolicy

        service = BlobServiceClient.from_connection_string(sys.argv[1])
        box = service.create_container("box")
        blob = box.get_blob_client("thing")

        def fails(code, call, *arguments, **options):
            try:
                call(*arguments, **options)
            except HttpResponseError as error:
                assert error.error_code == code, error.error_code
            else:
                raise AssertionError(f"{code} did not come")


        """#

    private static let snapshots = #"""
        blob.upload_blob(b"one")
        snapshot = blob.create_snapshot(metadata={"a": "b"})["snapshot"]
        blob.upload_blob(b"two", overwrite=True)
        earlier = box.get_blob_client("thing", snapshot=snapshot)
        assert earlier.download_blob().readall() == b"one"
        assert earlier.get_blob_properties().metadata == {"a": "b"}
        assert [b.snapshot for b in box.list_blobs(include=["snapshots"])] == [snapshot, None]
        fails("SnapshotsPresent", blob.delete_blob)
        blob.delete_blob(delete_snapshots="only")
        fails("BlobNotFound", earlier.get_blob_properties)

        service.set_service_properties(delete_retention_policy=RetentionPolicy(enabled=True, days=3))
        blob.delete_blob()
        entry = next(iter(box.list_blobs(include=["deleted"])))
        assert entry.deleted and entry.remaining_retention_days == 3 and entry.deleted_time
        blob.undelete_blob()
        assert blob.download_blob().readall() == b"two"

        until = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=1)
        blob.set_immutability_policy(ImmutabilityPolicy(expiry_time=until, policy_mode="Unlocked"))
        blob.set_legal_hold(True)
        policy = blob.get_blob_properties().immutability_policy
        assert policy.policy_mode == "unlocked" and abs(policy.expiry_time - until) < datetime.timedelta(seconds=1)
        entry = next(iter(box.list_blobs(include=["immutabilitypolicy", "legalhold"])))
        assert entry.has_legal_hold and entry.immutability_policy.policy_mode == "unlocked"
        fails("BlobImmutableDueToLegalHold", blob.delete_blob)
        blob.set_legal_hold(False)
        fails("BlobImmutableDueToPolicy", blob.upload_blob, b"three", overwrite=True)
        blob.delete_immutability_policy()

        disk = box.get_blob_client("disk")
        disk.create_page_blob(4096)
        disk.upload_page(b"1" * 1024, offset=0, length=1024)
        first = disk.create_snapshot()["snapshot"]
        disk.upload_page(b"2" * 512, offset=2048, length=512)
        disk.clear_page(offset=0, length=512)
        pages = [(r.start, r.end, r.cleared) for r in disk.list_page_ranges(previous_snapshot=first)]
        assert pages == [(0, 511, True), (2048, 2559, False)], pages
        backup = box.get_blob_client("backup")
        backup.start_copy_from_url(f"{disk.url}?snapshot={first}", incremental_copy=True)
        copy = backup.get_blob_properties().copy
        assert copy.incremental_copy and copy.status == "success"
        copied = box.get_blob_client("backup", snapshot=copy.destination_snapshot)
        assert copied.download_blob().readall() == b"1" * 1024 + bytes(3072)
        print("done")
        """#

    private static let versions = #"""
        first = blob.upload_blob(b"one")["version_id"]
        second = blob.upload_blob(b"two", overwrite=True)["version_id"]
        assert blob.download_blob(version_id=first).readall() == b"one"
        assert blob.get_blob_properties().is_current_version
        listed = [(b.version_id, b.is_current_version) for b in box.list_blobs(include=["versions"])]
        assert listed == [(first, None), (second, True)], listed
        fails("OperationNotAllowedOnRootBlob", blob.delete_blob, version_id=second)
        blob.delete_blob()
        assert next(iter(box.list_blobs(include=["deletedwithversions"]))).has_versions_only
        blob.delete_blob(version_id=first)
        box.delete_blobs({"name": "thing", "version_id": second})
        assert not list(box.list_blobs(include=["versions"]))
        print("done")
        """#

    @Test(
        "Snapshots, versions, deleted blobs, policies and page differences are what it expects",
        .enabled(if: PythonClient.isAvailable, "Python with azure-storage-blob is not installed"),
        arguments: [(snapshots, false), (versions, true)])
    func everything(_ program: String, _ keepsVersions: Bool) async throws {
        var configuration = EmulatorConfiguration()
        configuration.keepsBlobVersions = keepsVersions
        let result = try await withEmulator(configuration) { emulator in
            try await PythonClient.run(Self.beginning + program, [emulator.blobConnectionString])
        }
        #expect(result.status == 0 && result.output.hasSuffix("done\n"), "\(result.output)")
    }
}
#endif
