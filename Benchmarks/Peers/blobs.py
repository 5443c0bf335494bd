"""The workloads on blobs with the clients of others. Prints what it took as one JSON object."""

import argparse
import concurrent.futures
import datetime
import json
import os
import resource
import socket
import threading
import time
import urllib.parse

PART = 8 * 1024 * 1024


def processor_seconds():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def peak_memory():
    """In bytes. `ru_maxrss` would begin with what the program had that started this one."""
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM:")) * 1024


def ranges(size):
    return [(start, min(PART, size - start)) for start in range(0, size, PART)]


def in_threads(count, work, items):
    with concurrent.futures.ThreadPoolExecutor(count) as pool:
        for _ in pool.map(work, items):
            pass


def new_file(path):
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)


class AzureStorageBlob:
    def __init__(self, options):
        from azure.storage.blob import BlobServiceClient
        service = BlobServiceClient(
            options.endpoint, credential={"account_name": options.account, "account_key": options.key},
            connection_verify=options.authority or True, max_single_get_size=PART, max_chunk_get_size=PART,
            max_single_put_size=PART, max_block_size=PART)
        self.options = options
        self.expiry = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=1)
        self.container = service.get_container_client("bench")

    def download(self):
        with open(self.options.file, "wb") as file:
            blob = self.container.get_blob_client("big")
            blob.download_blob(max_concurrency=self.options.in_flight).readinto(file)

    def upload(self):
        with open(self.options.file, "rb") as file:
            blob = self.container.get_blob_client("big")
            blob.upload_blob(file, overwrite=True, max_concurrency=self.options.in_flight)

    def small_get(self, number):
        return self.container.get_blob_client(f"small/{number}").download_blob().readall()

    def small_put(self, number, content):
        self.container.get_blob_client(f"small/{number}").upload_blob(content, overwrite=True)

    def list(self):
        return sum(1 for _ in self.container.list_blobs())

    def sign(self, number):
        from azure.storage.blob import generate_blob_sas
        return generate_blob_sas(
            self.options.account, "bench", f"small/{number}", account_key=self.options.key, permission="r",
            expiry=self.expiry)


class Obstore:
    def __init__(self, options):
        import obstore
        from obstore.store import AzureStore
        self.obstore = obstore
        if options.authority:
            os.environ["SSL_CERT_FILE"] = options.authority
        self.options = options
        self.store = AzureStore(
            "bench",
            config={"account_name": options.account, "account_key": options.key, "endpoint": options.endpoint},
            client_options={"allow_http": True})

    def download(self):
        file = new_file(self.options.file)
        # The size first, as every client has to learn it.
        size = self.obstore.head(self.store, "big")["size"]

        def part(piece):
            start, length = piece
            os.pwrite(file, self.obstore.get_range(self.store, "big", start=start, length=length), start)
        in_threads(self.options.in_flight, part, ranges(size))
        os.close(file)

    def upload(self):
        with open(self.options.file, "rb") as file:
            self.obstore.put(
                self.store, "big", file, chunk_size=PART, max_concurrency=self.options.in_flight, use_multipart=True)

    def small_get(self, number):
        return bytes(self.obstore.get(self.store, f"small/{number}").bytes())

    def small_put(self, number, content):
        self.obstore.put(self.store, f"small/{number}", content, use_multipart=False)

    def list(self):
        return sum(len(chunk) for chunk in self.obstore.list(self.store, chunk_size=5000))

    def sign(self, number):
        return self.obstore.sign(self.store, "GET", f"small/{number}", datetime.timedelta(hours=1))


class OpenDAL:
    def __init__(self, options):
        import opendal
        self.options = options
        self.operator = opendal.Operator(
            "azblob", endpoint=options.endpoint, container="bench", account_name=options.account,
            account_key=options.key)

    def download(self):
        file = new_file(self.options.file)
        size = self.operator.stat("big").content_length

        def part(piece):
            start, length = piece
            os.pwrite(file, self.operator.read("big", offset=start, size=length), start)
        in_threads(self.options.in_flight, part, ranges(size))
        os.close(file)

    def upload(self):
        with open(self.options.file, "rb") as file:
            content = file.read()
        self.operator.write("big", content, chunk=PART, concurrent=self.options.in_flight)

    def small_get(self, number):
        return self.operator.read(f"small/{number}")

    def small_put(self, number, content):
        self.operator.write(f"small/{number}", content)

    def list(self):
        return sum(1 for _ in self.operator.list("", recursive=True))


class RawSockets:
    """What the sockets of this machine bear: blocking calls, no signatures, no checks."""

    def __init__(self, options):
        self.options = options
        self.address = urllib.parse.urlsplit(options.endpoint)
        self.local = threading.local()

    def connection(self):
        if not hasattr(self.local, "connection"):
            self.local.connection = socket.create_connection((self.address.hostname, self.address.port))
            self.local.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.local.buffer = memoryview(bytearray(PART + 65536))
        return self.local.connection, self.local.buffer

    def exchange(self, method, path, headers="", body=None):
        """Sends a request and reads the answer; returns its body, which is good until the next one."""
        connection, buffer = self.connection()
        connection.sendall(
            f"{method} {self.address.path}/bench/{path} HTTP/1.1\r\nHost: {self.address.netloc}\r\n{headers}\r\n"
            .encode())
        if isinstance(body, tuple):
            file, start, length = body
            while length:
                sent = os.sendfile(connection.fileno(), file, start, length)
                start, length = start + sent, length - sent
        elif body:
            connection.sendall(body)
        filled, end = 0, -1
        while end < 0:
            filled += connection.recv_into(buffer[filled:65536])
            end = bytes(buffer[:filled]).find(b"\r\n\r\n")
        head = bytes(buffer[:end]).lower()
        length = int(head.split(b"content-length: ")[1].split(b"\r\n")[0]) if method != "HEAD" else 0
        total = end + 4 + length
        while filled < total:
            filled += connection.recv_into(buffer[filled:total])
        return head, buffer[end + 4:total]

    def download(self):
        file = new_file(self.options.file)
        head, _ = self.exchange("HEAD", "big")
        size = int(head.split(b"content-length: ")[1].split(b"\r\n")[0])

        def part(piece):
            start, length = piece
            _, body = self.exchange("GET", "big", f"Range: bytes={start}-{start + length - 1}\r\n")
            os.pwrite(file, body, start)
        in_threads(self.options.in_flight, part, ranges(size))
        os.close(file)

    def upload(self):
        with open(self.options.file, "rb") as file:
            def part(piece):
                start, length = piece
                self.exchange("PUT", "big?comp=block", f"Content-Length: {length}\r\n", (file.fileno(), start, length))
            in_threads(self.options.in_flight, part, ranges(os.fstat(file.fileno()).st_size))
        self.exchange("PUT", "big?comp=blocklist", "Content-Length: 0\r\n")

    def small_get(self, number):
        return bytes(self.exchange("GET", f"small/{number}")[1])

    def small_put(self, number, content):
        self.exchange("PUT", f"small/{number}", f"Content-Length: {len(content)}\r\n", content)


PEERS = {
    "azure-storage-blob": AzureStorageBlob, "obstore": Obstore, "opendal": OpenDAL, "raw-sockets": RawSockets,
}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("peer", choices=PEERS)
    parser.add_argument("workload")
    for name in ("endpoint", "account", "key", "file", "authority"):
        parser.add_argument(f"--{name}", default="")
    for name, value in (("count", 0), ("in-flight", 4)):
        parser.add_argument(f"--{name}", type=int, default=value)
    options = parser.parse_args()

    peer = PEERS[options.peer](options)
    content = os.urandom(4096)
    if options.workload in ("small-get", "small-put"):
        # One before, so that the connection and what is made once do not count.
        peer.small_put(0, content)
    idle = peak_memory()
    processor, start = processor_seconds(), time.monotonic()
    if options.workload == "small-get":
        in_threads(options.in_flight, peer.small_get, range(options.count))
    elif options.workload == "small-put":
        in_threads(options.in_flight, lambda number: peer.small_put(number, content), range(options.count))
    elif options.workload == "list":
        found = peer.list()
        if found != options.count:
            raise SystemExit(f"{found} blobs were listed, not {options.count}")
    elif options.workload == "sign":
        for number in range(options.count):
            peer.sign(number)
    else:
        getattr(peer, options.workload)()
    seconds = time.monotonic() - start
    print(json.dumps({
        "seconds": seconds, "processorSeconds": processor_seconds() - processor,
        "peakMemoryMB": peak_memory() / 1e6, "memoryGrowthMB": (peak_memory() - idle) / 1e6,
    }))


if __name__ == "__main__":
    main()
