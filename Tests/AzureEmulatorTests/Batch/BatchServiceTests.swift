import AzureCore
import Foundation
import HTTPTypes
import Testing

@testable import AzureEmulator

@Suite("Requests to the Batch service")
struct BatchServiceTests {
    private func request(
        _ method: HTTPRequest.Method = .get, _ path: String = "/jobs?api-version=2025-06-01", headers: HTTPFields = [:],
        body: String = ""
    ) -> EmulatorRequest {
        EmulatorRequest(
            HTTPRequest(method: method, scheme: "http", authority: "127.0.0.1", path: path, headerFields: headers),
            body: HTTPByteStream(Data(body.utf8)))!
    }

    @Test("each operation has one route, with its ids decoded")
    func routes() throws {
        let route = try BatchRoute(.get, segments: ["jobs", "a b", "tasks", "t", "files", "wd/out.txt"])
        #expect(route.operation == .downloadTaskFile && route.ids == ["a b", "t", "wd/out.txt"])
        #expect(try BatchRoute(.post, segments: ["pools", "p", "removenodes"]).operation == .removeNodes)
        #expect(try BatchRoute(.get, segments: ["jobschedules", "s", "jobs"]).operation == .listJobsFromSchedule)
        #expect(#expect(throws: BatchServiceError.self) { try BatchRoute(.put, segments: ["pools"]) }?.status == 405)
        #expect(#expect(throws: BatchServiceError.self) { try BatchRoute(.get, segments: ["x"]) }?.code == "InvalidUri")
    }

    @Test(
        "queries that cannot be right are refused",
        arguments: [
            ("/jobs", "MissingRequiredQueryParameter"), ("/jobs?api-version=2018-01-01", "InvalidQueryParameterValue"),
            ("/jobs?api-version=2025-06-01&maxresults=0", "OutOfRangeQueryParameterValue"),
            ("/jobs?api-version=2025-06-01&maxresults=x", "InvalidQueryParameterValue"),
            ("/jobs?api-version=2025-06-01&%24filter=state", "InvalidQueryParameterValue"),
            ("/jobs?api-version=2025-06-01&%24select=,", "InvalidQueryParameterValue"),
        ])
    func queries(path: String, code: String) {
        let error = #expect(throws: BatchServiceError.self) { try BatchCall(request(.get, path)) }
        #expect(error?.code == code)
    }

    @Test("bodies must be JSON objects of at most 1 MB, and say so")
    func bodies() async throws {
        func code(_ headers: HTTPFields, _ body: String) async -> String? {
            do {
                let call = try BatchCall(request(.post, headers: headers, body: body))
                _ = try await call.json()
                return nil
            } catch {
                return (error as? BatchServiceError)?.code
            }
        }
        let json: HTTPFields = [.contentType: "application/json; odata=minimalmetadata"]
        func with(_ length: Int) -> HTTPFields {
            var fields = json
            fields[.contentLength] = String(length)
            return fields
        }
        #expect(await code(with(2), "{}") == nil)
        #expect(await code(json, "{}") == "MissingContentLengthHeader")
        #expect(await code(with(2), "[]") == "InvalidRequestBody")
        #expect(await code(with(1), "{") == "InvalidRequestBody")
        #expect(await code(with(0), "") == "InvalidRequestBody")
        #expect(await code([.contentType: "text/plain", .contentLength: "2"], "{}") == "InvalidHeaderValue")
        #expect(await code(with(1_048_577), String(repeating: " ", count: 1_048_577)) == "RequestBodyTooLarge")
    }

    @Test("conditions are checked against ETag and time")
    func conditions() throws {
        var version = BatchResourceVersion(now: Date(timeIntervalSince1970: 1_767_323_045.5))
        version.etag = "0x1"
        func status(_ method: HTTPRequest.Method, _ headers: HTTPFields) -> Int? {
            do {
                try BatchConditions(request(method, headers: headers)).check(version)
                return nil
            } catch {
                return (error as? BatchServiceError)?.status
            }
        }
        #expect(status(.delete, [.ifMatch: "\"0x1\""]) == nil)
        #expect(status(.delete, [.ifMatch: "*"]) == nil)
        #expect(status(.delete, [.ifMatch: "\"0x2\""]) == 412)
        #expect(status(.delete, [.ifNoneMatch: "*"]) == 412)
        #expect(status(.get, [.ifNoneMatch: "0x1"]) == 304)
        #expect(status(.get, [.ifModifiedSince: "Fri, 02 Jan 2026 03:04:05 GMT"]) == 304)
        #expect(status(.get, [.ifModifiedSince: "Fri, 02 Jan 2026 03:04:04 GMT"]) == nil)
        #expect(status(.get, [.ifUnmodifiedSince: "Fri, 02 Jan 2026 03:04:04 GMT"]) == 412)
        #expect(status(.get, [.ifModifiedSince: "soon"]) == 400)
    }

    @Test("a signature counts for this request, this key, this account and this quarter of an hour")
    func authorization() throws {
        // Made with the official Python client; see the vectors of Batch Shared Key.
        let key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="
        let authorization = try BatchAuthorization(account: "mybatch", key: key)
        let now = Date(timeIntervalSince1970: 1_767_323_045)
        func code(path: String, signature: String, at date: Date = now, account: String = "mybatch") -> String? {
            var headers: HTTPFields = [.authorization: "SharedKey \(account):\(signature)"]
            headers[HTTPField.Name("ocp-date")!] = "Fri, 02 Jan 2026 03:04:05 GMT"
            do {
                try authorization.check(request(.get, path, headers: headers), now: date)
                return nil
            } catch {
                return (error as? BatchServiceError)?.code
            }
        }
        let path = "/pools/pool1?api-version=2025-06-01"
        let signature = "AJ0LFYaYAr1TdKTdmFlg1+tVTGBD/BzURSStOuiSDkM="
        #expect(code(path: path, signature: signature) == nil)
        #expect(code(path: path + "0", signature: signature) == "AuthenticationFailed")
        #expect(code(path: path, signature: "AAAA") == "AuthenticationFailed")
        #expect(code(path: path, signature: signature, account: "other") == "AuthenticationFailed")
        #expect(code(path: path, signature: signature, at: now + 901) == "AuthenticationFailed")
        #expect(throws: BatchServiceError.missingAuthorization) { try authorization.check(request(), now: now) }
    }

    /// The signatures are those of azure-batch 4.0.0 for Python, whose requests have the separators encoded.
    @Test(
        "clients of 2017 sign the path of a file with its separators", arguments: ["shared%2Fa.txt", "shared%5Ca.txt"])
    func oldSignatures(file: String) throws {
        let key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="
        let authorization = try BatchAuthorization(account: "mybatch", key: key)
        let now = Date(timeIntervalSince1970: 1_767_323_045)
        let signature = "384tznW4UnEKSR+TY49h1ff17QNkJvCbq8xmsQECE7w="
        var headers: HTTPFields = [.authorization: "SharedKey mybatch:\(signature)"]
        headers[HTTPField.Name("ocp-date")!] = "Fri, 02 Jan 2026 03:04:05 GMT"
        let query = "?api-version=2017-09-01.6.0"
        try authorization.check(
            request(.get, "/pools/p/nodes/n/files/\(file)\(query)", headers: headers), now: now)
        #expect(throws: BatchServiceError.self) {
            try authorization.check(
                request(.get, "/pools%2Fp/nodes/n/files/\(file)\(query)", headers: headers), now: now)
        }
    }

    @Test("files are listed, read in ranges and deleted, but never outside their directory")
    func files() async throws {
        let root = FileManager.default.temporaryDirectory.appendingPathComponent("azure-swift-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: root) }
        try FileManager.default.createDirectory(
            at: root.appendingPathComponent("task/wd"), withIntermediateDirectories: true)
        try Data("secret".utf8).write(to: root.appendingPathComponent("secret"))
        try Data("0123456789".utf8).write(to: root.appendingPathComponent("task/stdout.txt"))
        try Data("x".utf8).write(to: root.appendingPathComponent("task/wd/a b.txt"))
        try FileManager.default.createSymbolicLink(
            atPath: root.appendingPathComponent("task/wd/link").path, withDestinationPath: "../../secret")
        let files = BatchFileResponder(root: root.appendingPathComponent("task").path, url: "http://127.0.0.1/files")
        #expect(try await files.list(isRecursive: false).map(\.key) == ["stdout.txt", "wd"])
        #expect(try await files.list(isRecursive: true).map(\.key).contains("wd/a b.txt"))

        func read(_ path: String, range: String? = nil) async throws -> String {
            var headers: HTTPFields = [:]
            headers[HTTPField.Name("ocp-range")!] = range
            let answer = try await files.download(path, request: request(headers: headers))
            return String(decoding: try await answer.content?.collect(upTo: 100) ?? Data(), as: UTF8.self)
        }
        #expect(try await read("stdout.txt") == "0123456789")
        #expect(try await read("stdout.txt", range: "bytes=2-4") == "234")
        #expect(try await read("stdout.txt", range: "bytes=8-") == "89")
        for path in ["../secret", "wd/../../secret", "/etc/passwd", "wd/link", "missing", "", "wd/./a b.txt"] {
            let error = await #expect(throws: BatchServiceError.self) { try await read(path) }
            #expect(error?.code == "FileNotFound")
        }
        let tooFar = await #expect(throws: BatchServiceError.self) { try await read("stdout.txt", range: "bytes=10-") }
        #expect(tooFar?.status == 416)
        let notEmpty = await #expect(throws: BatchServiceError.self) {
            try await files.delete("wd", isRecursive: false)
        }
        #expect(notEmpty?.status == 409)
        _ = try await files.delete("wd", isRecursive: true)
        #expect(try await files.list(isRecursive: true).map(\.key) == ["stdout.txt"])
        #expect(FileManager.default.fileExists(atPath: root.appendingPathComponent("secret").path))
    }
}
