"""The servers that the contestants talk to: nginx as a neutral one, and the emulator of this package."""

import contextlib
import os
import pathlib
import shutil
import socket
import subprocess
import tempfile
import time

HERE = pathlib.Path(__file__).parent
ACCOUNT = "devstoreaccount1"
# The key that every emulator of the Blob service knows; it protects nothing.
KEY = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="
MODULES = "/usr/lib/nginx/modules"
PAGE = 5000


def free_ports(count):
    with contextlib.ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]


def install_nginx():
    """Installs nginx and its Lua module from Debian or Ubuntu, if they are missing."""
    if shutil.which("nginx") and os.path.exists(f"{MODULES}/ngx_http_lua_module.so"):
        return
    root = [] if os.geteuid() == 0 else ["sudo"]
    subprocess.run([*root, "apt-get", "update", "-qq"], check=True, stdout=2)
    subprocess.run(
        [*root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "-qq", "-y",
         "--no-install-recommends", "nginx-light", "libnginx-mod-http-lua"], check=True, stdout=2)


class Nginx:
    """nginx on free ports of this machine, with its files on a file system in memory where there is one."""

    def __enter__(self):
        install_nginx()
        memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
        self.work = pathlib.Path(tempfile.mkdtemp(prefix="azure-swift-benchmark-", dir=memory))
        self.process = None
        try:
            self._prepare()
            self.process = subprocess.Popen(["nginx", "-p", self.work, "-c", self.work / "nginx.conf"])
            self._wait()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        if self.process:
            self.process.terminate()
            self.process.wait()
        shutil.rmtree(self.work, ignore_errors=True)

    def _prepare(self):
        for name in ("data", "pages", "bodies"):
            (self.work / name).mkdir()
        (self.work / "small").write_bytes(os.urandom(4096))
        self._make_certificates()
        self.plain, self.tls, self.delayed = free_ports(3)
        values = {
            "MODULES": MODULES, "USER": "root" if os.geteuid() == 0 else os.environ.get("USER", "nobody"),
            "WORK": self.work, "PLAIN": self.plain, "TLS": self.tls, "DELAYED": self.delayed,
        }
        for name in ("nginx.conf", "locations.conf"):
            text = (HERE / name).read_text()
            for key, value in values.items():
                text = text.replace(f"@{key}@", str(value))
            (self.work / name).write_text(text)

    def _make_certificates(self):
        """An authority of our own and a certificate for the loopback address."""
        def openssl(*arguments):
            subprocess.run(["openssl", *arguments], cwd=self.work, check=True, capture_output=True)
        key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
        openssl("req", "-x509", *key, "-keyout", "ca.key", "-out", "ca.pem", "-days", "2",
                "-subj", "/CN=Benchmark authority")
        openssl("req", *key, "-keyout", "server.key", "-out", "server.csr", "-subj", "/CN=127.0.0.1")
        (self.work / "extensions").write_text("subjectAltName=IP:127.0.0.1\n")
        openssl("x509", "-req", "-in", "server.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial",
                "-out", "server.pem", "-days", "2", "-extfile", "extensions")
        self.authority = self.work / "ca.pem"

    def _wait(self):
        deadline = time.monotonic() + 10
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.plain), timeout=1).close()
                return
            except OSError:
                if self.process.poll() is not None or time.monotonic() > deadline:
                    raise RuntimeError("nginx did not start")
                time.sleep(0.05)

    def endpoint(self, kind):
        port = {"plain": self.plain, "tls": self.tls, "delayed": self.delayed}[kind]
        return f"{'https' if kind == 'tls' else 'http'}://127.0.0.1:{port}/{ACCOUNT}"

    def make_blob(self, name, size, content=None):
        """A blob that can be read. Without content it is as good as empty on disk."""
        path = self.work / "data" / ACCOUNT / "bench" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with open(path, "wb") as file:
            if content:
                for start in range(0, size, len(content)):
                    file.write(content[: size - start])
            else:
                file.truncate(size)
        return path

    def prepare_target(self, gib):
        """The same for everybody who is about to download: no file to replace, and memory that was used a moment ago.
        A virtual machine gives memory that is free for a while back to its host, and getting it again takes longer
        than a download."""
        (self.work / "target").unlink(missing_ok=True)
        room = shutil.disk_usage(self.work).free // 4
        self.make_blob("spare", min(int(gib * 1.5 * (1 << 30)), room), bytes(1 << 20)).unlink()

    def make_list(self, count):
        """The pages of a list of blobs, as the service would write them."""
        for page in range(0, count, PAGE):
            end = min(page + PAGE, count)
            marker = f"<NextMarker>{end}</NextMarker>" if end < count else "<NextMarker />"
            blobs = "".join(self._blob(number) for number in range(page, end))
            (self.work / "pages" / str(page)).write_text(
                f'\ufeff<?xml version="1.0" encoding="utf-8"?><EnumerationResults ServiceEndpoint="'
                f'{self.endpoint("plain")}/" ContainerName="bench"><MaxResults>{PAGE}</MaxResults>'
                f"<Blobs>{blobs}</Blobs>{marker}</EnumerationResults>")

    @staticmethod
    def _blob(number):
        return (
            f"<Blob><Name>measurements/2026/{number // 1000:04}/reading-{number:08}.csv</Name><Properties>"
            "<Creation-Time>Mon, 23 Nov 2026 08:00:00 GMT</Creation-Time>"
            "<Last-Modified>Mon, 23 Nov 2026 08:00:00 GMT</Last-Modified>"
            f"<Etag>0x8DC{number:012X}</Etag><Content-Length>{number % 65536}</Content-Length>"
            "<Content-Type>text/csv</Content-Type><Content-Encoding /><Content-Language /><Content-CRC64 />"
            "<Content-MD5>1B2M2Y8AsgTpgAmY7PhCfg==</Content-MD5><Cache-Control /><Content-Disposition />"
            "<BlobType>BlockBlob</BlobType><AccessTier>Hot</AccessTier><AccessTierInferred>true</AccessTierInferred>"
            "<LeaseStatus>unlocked</LeaseStatus><LeaseState>available</LeaseState>"
            "<ServerEncrypted>true</ServerEncrypted></Properties><OrMetadata /></Blob>")


class Emulator:
    """The emulator of this package on free ports, in memory."""

    def __init__(self, program):
        self.program = program

    def __enter__(self):
        self.process = subprocess.Popen(
            [self.program, "--blob-port", "0", "--batch-port", "0", "--in-memory"], stdout=subprocess.PIPE, text=True)
        # It writes what it listens on, and then `ready`.
        self.address = {}
        for line in self.process.stdout:
            if line.strip() == "ready":
                return self
            key, _, value = line.strip().partition(": ")
            self.address[key] = value
        raise RuntimeError("the emulator did not start")

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()
        self.process.stdout.close()
