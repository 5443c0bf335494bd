"""A proxy that goes wrong on purpose, and the workload that transfers through it."""

import asyncio
import collections
import contextlib
import json
import pathlib
import random
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import urllib.parse

FAULTS = ["status", "reset-request", "reset-answer", "truncate", "stall", "corrupt-request", "corrupt-answer"]


class Message:
    """A request or an answer: its head as it is, and its body."""

    def __init__(self, head, body, fields):
        self.head, self.body, self.fields = head, body, fields

    @property
    def is_content(self):
        """Whether its body has checksums: lists and errors have none, and nobody could tell that they changed."""
        return self.body and any(name in self.fields for name in ("x-ms-structured-body", "x-ms-content-crc64"))


async def read(reader, to=None):
    """The next message; None at the end. `to` is the method that it answers."""
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError:
        return None
    lines = head.decode("latin-1").split("\r\n")
    fields = {}
    for line in lines[1:-2]:
        name, _, value = line.partition(":")
        fields[name.strip().lower()] = value.strip()
    if to == "HEAD" or " 204 " in lines[0] or " 304 " in lines[0]:
        return Message(head, b"", fields)
    if fields.get("transfer-encoding") == "chunked":
        body = b""
        while True:
            line = await reader.readuntil(b"\r\n")
            size = int(line, 16)
            body += line + await reader.readexactly(size + 2)
            if size == 0:
                return Message(head, body, fields)
    return Message(head, await reader.readexactly(int(fields.get("content-length", 0))), fields)


class Proxy:
    """Runs on a thread of its own, on a free port."""

    def __init__(self, target, percent, seed):
        self.target, self.percent, self.random = target, percent, random.Random(seed)
        self.requests, self.faults = 0, collections.Counter()

    def __enter__(self):
        ready = threading.Event()
        self.loop = asyncio.new_event_loop()

        async def start():
            self.server = await asyncio.start_server(self.serve, "127.0.0.1", 0, limit=1 << 26)
            self.port = self.server.sockets[0].getsockname()[1]
            ready.set()

        def run():
            asyncio.set_event_loop(self.loop)
            self.loop.set_exception_handler(lambda *_: None)
            self.loop.run_until_complete(start())
            self.loop.run_forever()

        self.thread = threading.Thread(target=run, daemon=True)
        self.thread.start()
        ready.wait()
        return self

    def __exit__(self, *_):
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()

    async def serve(self, reader, writer):
        upstream = None
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            while request := await read(reader):
                self.requests += 1
                fault = self.random.choice(FAULTS) if self.random.random() * 100 < self.percent else None
                if fault in ("status", "reset-request"):
                    self.faults[fault] += 1
                    if fault == "reset-request":
                        self.reset(writer)
                        break
                    status = self.random.choice(["500 Internal Server Error", "503 Server Busy"])
                    writer.write(f"HTTP/1.1 {status}\r\nContent-Length: 0\r\nRetry-After: 0\r\n\r\n".encode())
                    await writer.drain()
                    continue
                if fault == "corrupt-request" and request.is_content:
                    self.faults[fault] += 1
                    request.body = self.corrupted(request.body)
                if upstream is None:
                    upstream = await asyncio.open_connection(*self.target, limit=1 << 26)
                upstream[1].write(request.head + request.body)
                await upstream[1].drain()
                answer = await read(upstream[0], to=request.head.split(b" ", 1)[0].decode())
                if answer is None or not await self.answer(writer, answer, fault):
                    break
        for each in (writer, upstream and upstream[1]):
            if each:
                each.close()

    async def answer(self, writer, answer, fault):
        """Sends an answer, or what is left of it; false when the connection ends with it."""
        message = answer.head + answer.body
        if fault == "corrupt-answer" and answer.is_content:
            self.faults[fault] += 1
            message = answer.head + self.corrupted(answer.body)
        elif fault in ("reset-answer", "truncate", "stall"):
            self.faults[fault] += 1
            writer.write(message[: self.random.randrange(len(message))])
            await writer.drain()
            if fault == "stall":
                # Until the client has had enough.
                await asyncio.sleep(5)
            elif fault == "reset-answer":
                self.reset(writer)
            return False
        writer.write(message)
        await writer.drain()
        return True

    def corrupted(self, body):
        place = self.random.randrange(len(body))
        return body[:place] + bytes([body[place] ^ 1 << self.random.randrange(8)]) + body[place + 1:]

    @staticmethod
    def reset(writer):
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        writer.transport.abort()


def run(program, emulator, count, percent, seed=1):
    """Transfers through the proxy, first in one go, then with the process killed again and again."""
    address = emulator.address
    target = urllib.parse.urlsplit(address["blob endpoint"])
    with Proxy((target.hostname, target.port), percent, seed) as proxy:
        endpoint = f"http://127.0.0.1:{proxy.port}{target.path}"
        arguments = [
            program, "transfer-faults", "--endpoint", endpoint, "--account", address["blob account"],
            "--key", address["blob key"], "--seed", str(seed)]
        work = pathlib.Path(tempfile.mkdtemp(prefix="azure-swift-faults-"))
        try:
            report("in one go", proxy, whole(arguments, work, count))
            report("killed and resumed", proxy, killed(arguments, work, count // 2, random.Random(seed)))
        finally:
            shutil.rmtree(work)


def report(title, proxy, result):
    print(f"\ntransfers with faults, {title}\n")
    print(json.dumps({**result, "requests": proxy.requests, "faults": dict(sorted(proxy.faults.items()))}, indent=1))
    proxy.requests, proxy.faults = 0, collections.Counter()
    if result["wrong"] or result["left"]:
        raise SystemExit("Bytes were wrong, or files were left.")


def whole(arguments, work, count):
    done = subprocess.run(
        [*arguments, "--directory", work, "--count", str(count // 2)], check=True, stdout=subprocess.PIPE,
        timeout=900)
    return {**json.loads(done.stdout), "left": sorted(path.name for path in work.iterdir())}


def killed(arguments, work, count, numbers):
    command = [*arguments, "--directory", work, "--count", str(count), "--resume"]
    kills = failures = 0
    while True:
        process = subprocess.Popen(command, stdout=subprocess.PIPE)
        try:
            output, _ = process.communicate(timeout=numbers.uniform(0.2, 1.5) if kills < 200 else 900)
            if process.returncode != 0:
                raise SystemExit("A transfer went wrong.")
            failures = int(json.loads(output)["failed"])
            # What failed with an error is another try for the next run, as it would be for whoever sees the error.
            if failures == 0:
                break
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            kills += 1
    texts = [path.read_text() for path in work.glob("*.done")]
    for path in work.glob("*.done"):
        path.unlink()
    return {
        "complete": len(texts), "kills": kills, "wrong": texts.count("wrong"),
        "resumedMB": round(sum(int(text) for text in texts if text != "wrong") / 1e6, 1),
        "left": sorted(path.name for path in work.iterdir()),
    }
