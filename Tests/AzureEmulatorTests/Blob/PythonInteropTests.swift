#if Emulator
import AzureEmulator
import PythonSupport
import Testing

@Suite("The official Python client and the emulated Blob service")
struct PythonInteropTests {
    private static let program = #"""
        import datetime, os, sys
        from azure.core.exceptions import (
            ClientAuthenticationError, HttpResponseError, ResourceExistsError, ResourceModifiedError,
            ResourceNotFoundError)
        from azure.storage.blob import (
            AccessPolicy, BlobClient, BlobServiceClient, ContainerClient, ContentSettings, generate_account_sas,
            generate_blob_sas, generate_container_sas)

        connection, account, key = sys.argv[1:4]
        service = BlobServiceClient.from_connection_string(
            connection, max_single_put_size=4 << 20, max_block_size=1 << 20, max_single_get_size=4 << 20)
        soon = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=1)

        def fails(kind, code, call, *arguments, **options):
            try:
                call(*arguments, **options)
            except kind as error:
                assert error.error_code == code, error.error_code
            else:
                raise AssertionError(f"{code} did not come")

        box = service.create_container("box", metadata={"Colour": "red"})
        fails(ResourceExistsError, "ContainerAlreadyExists", service.create_container, "box")
        assert [c.name for c in service.list_containers(name_starts_with="b", include_metadata=True)] == ["box"]
        assert box.get_container_properties().metadata == {"Colour": "red"}

        name = "dir/na\u00efve file+%41&?#\u20ac.txt"
        blob = box.upload_blob(
            name, b"Hello, world", metadata={"a_b": "1", "ab": "2", "a1": "3"},
            content_settings=ContentSettings(content_type="text/plain", content_encoding="x", cache_control="no-cache"))
        fails(ResourceExistsError, "BlobAlreadyExists", box.upload_blob, name, b"again")
        properties = blob.get_blob_properties()
        assert properties.size == 12 and properties.metadata["a1"] == "3"
        assert properties.content_settings.content_type == "text/plain"
        assert blob.download_blob().readall() == b"Hello, world"
        assert blob.download_blob(offset=7, length=5).readall() == b"world"
        box.upload_blob(name, b"", overwrite=True)
        assert blob.download_blob().readall() == b""

        large = os.urandom(9 * (1 << 20) + 5)
        big = box.upload_blob("big", large, max_concurrency=3, validate_content=True)
        assert big.download_blob(max_concurrency=3, validate_content=True).readall() == large
        committed, uncommitted = big.get_block_list("all")
        assert len(committed) == 10 and not uncommitted, (committed, uncommitted)
        etag = big.get_blob_properties().etag
        big.set_blob_metadata({"x": "y"})
        from azure.core import MatchConditions
        fails(ResourceModifiedError, "ConditionNotMet", big.download_blob, etag=etag,
              match_condition=MatchConditions.IfNotModified)
        big.set_http_headers(ContentSettings(content_type="application/x-big"))
        assert big.get_blob_properties().content_settings.content_type == "application/x-big"

        for index in range(12):
            box.upload_blob(f"many/{index:02}", b"x")
        assert len(list(box.list_blobs(name_starts_with="many/", results_per_page=5))) == 12
        assert sorted(b.name for b in box.walk_blobs()) == ["big", "dir/", "many/"]
        assert next(iter(box.list_blobs(name_starts_with="dir/"))).name == name
        assert next(iter(box.list_blobs(name_starts_with="big", include=["metadata"]))).metadata == {"x": "y"}

        token = generate_blob_sas(account, "box", name, account_key=key, permission="r", expiry=soon)
        reader = BlobClient.from_blob_url(blob.url + "?" + token)
        assert reader.download_blob().readall() == b""
        fails(HttpResponseError, "AuthorizationPermissionMismatch", reader.delete_blob)
        token = generate_container_sas(account, "box", account_key=key, permission="w", expiry=soon)
        writer = ContainerClient.from_container_url(box.url + "?" + token)
        writer.upload_blob("written", b"w")
        fails(HttpResponseError, "AuthorizationPermissionMismatch", lambda: list(writer.list_blobs()))
        token = generate_account_sas(account, key, "sco", "rl", soon)
        lister = BlobServiceClient(service.url, credential=token)
        assert [c.name for c in lister.list_containers()] == ["box"]
        past = soon - datetime.timedelta(hours=2)
        token = generate_blob_sas(account, "box", name, account_key=key, permission="r", expiry=past)
        fails(ClientAuthenticationError, "AuthenticationFailed",
              BlobClient.from_blob_url(blob.url + "?" + token).download_blob)
        box.set_container_access_policy({"p": AccessPolicy(permission="r", expiry=soon)})
        token = generate_blob_sas(account, "box", name, account_key=key, policy_id="p")
        assert BlobClient.from_blob_url(blob.url + "?" + token).download_blob().readall() == b""
        wrong = BlobServiceClient(service.url, credential={"account_name": account, "account_key": "d3Jvbmc="})
        fails(ClientAuthenticationError, "AuthenticationFailed", lambda: list(wrong.list_containers()))

        blob.delete_blob()
        fails(ResourceNotFoundError, "BlobNotFound", blob.delete_blob)
        service.delete_container("box")
        fails(ResourceNotFoundError, "ContainerNotFound", big.download_blob)
        print("done")
        """#

    @Test(
        "Creates, uploads, lists, downloads, shares and deletes",
        .enabled(if: PythonClient.isAvailable, "Python with azure-storage-blob is not installed"))
    func everything() async throws {
        let result = try await withEmulator { emulator in
            try await PythonClient.run(
                Self.program, [emulator.blobConnectionString, emulator.blobAccount, emulator.blobKey])
        }
        #expect(result.status == 0 && result.output.hasSuffix("done\n"), "\(result.output)")
    }
}
#endif
