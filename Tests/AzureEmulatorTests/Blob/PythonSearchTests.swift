#if Emulator
import AzureEmulator
import PythonSupport
import Testing

@Suite("The official Python client: batches, searches and queries of the emulated Blob service")
struct PythonSearchTests {
    private static let program = #"""
        import sys
        from azure.core.exceptions import HttpResponseError
        from azure.storage.blob import (
            BlobServiceClient, DelimitedJsonDialect, DelimitedTextDialect, PartialBatchErrorException)

        service = BlobServiceClient.from_connection_string(sys.argv[1])
        box = service.create_container("box")
        names = [f"dir/n {index}" for index in range(20)]
        for index, name in enumerate(names):
            box.upload_blob(name, b"x", tags={"state": "done" if index < 15 else "new", "n": str(index)})
        found = list(service.find_blobs_by_tags("\"state\"='done' AND \"n\">='1'", results_per_page=4))
        assert len(found) == 14 and found[0].container_name == "box", found
        assert found[0].tags == {"state": "done", "n": "1"}, found[0].tags
        assert len(list(box.find_blobs_by_tags("\"state\"='new'"))) == 5

        assert [answer.status_code for answer in box.set_standard_blob_tier_blobs("Cool", *names)] == [200] * 20
        assert box.get_blob_client(names[3]).get_blob_properties().blob_tier == "Cool"
        try:
            box.delete_blobs(*names, "none")
        except PartialBatchErrorException as error:
            statuses = sorted(part.status_code for part in error.parts)
            assert statuses == [202] * 20 + [404], statuses
        else:
            raise AssertionError("The blob that is not there was deleted")
        assert list(box.list_blobs()) == []

        rows = "".join(f"{index},name {index % 5}\n" for index in range(50000))
        blob = box.upload_blob("rows", rows.encode())
        errors = []
        reader = blob.query_blob("SELECT _1 FROM BlobStorage WHERE _2 = 'name 4'", on_error=errors.append)
        expected = "".join(f"{index}\n" for index in range(4, 50000, 5)).encode()
        assert reader.readall() == expected
        assert len(reader) == len(rows) and errors == []
        json = blob.query_blob(
            "SELECT _1 AS number FROM BlobStorage LIMIT 2", blob_format=DelimitedTextDialect(),
            output_format=DelimitedJsonDialect())
        assert json.readall() == b'{"number":"0"}\n{"number":"1"}\n'
        assert blob.query_blob("SELECT COUNT(*) FROM BlobStorage").readall() == b"50000\n"
        blob.query_blob("SELECT _1 + _2 FROM BlobStorage LIMIT 1", on_error=errors.append).readall()
        assert len(errors) == 50000 and not errors[0].is_fatal and errors[1].position == 9, errors[:2]
        errors = []
        blob.query_blob(
            "SELECT * FROM BlobStorage", blob_format=DelimitedJsonDialect(), on_error=errors.append).readall()
        assert [error.is_fatal for error in errors] == [True] and errors[0].error == "ParseError"
        for call in (lambda: blob.query_blob("SELECT"), lambda: blob.query_blob("x", blob_format="ParquetDialect")):
            try:
                call()
            except HttpResponseError as error:
                assert error.status_code == 400, error
            else:
                raise AssertionError("The query was not refused")
        print("done")
        """#

    @Test(
        "Deletes, sets tiers, finds and queries",
        .enabled(if: PythonClient.isAvailable, "Python with azure-storage-blob is not installed"))
    func everything() async throws {
        let result = try await withEmulator { emulator in
            try await PythonClient.run(Self.program, [emulator.blobConnectionString])
        }
        #expect(result.status == 0 && result.output.hasSuffix("done\n"), "\(result.output)")
    }
}
#endif
