"""The emulator of Blob Storage and Batch, as a process with ports of its own."""
import os
import shutil
import signal
import subprocess
import tempfile
import threading
import zipfile

# How long it may take to start and to stop, in seconds.
PATIENCE = 60


class Emulator:
    """Runs the emulator while a `with` block lasts. What it prints when it is ready are its attributes."""

    def __init__(self, program, *options):
        self.program, self.options = program, list(options)

    def __enter__(self):
        self.directory = tempfile.mkdtemp(prefix="interop-")
        self.errors = os.path.join(self.directory, "errors.txt")
        try:
            self._start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, kind=None, *_):
        process = getattr(self, "process", None)
        if process:
            if kind or process.poll() not in (None, -signal.SIGKILL):
                self.print_errors()
            process.terminate()
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            process.stdout.close()
        shutil.rmtree(self.directory, ignore_errors=True)

    def kill(self):
        """Ends the process as nothing but the kernel can."""
        self.process.kill()
        self.process.wait()

    def print_errors(self):
        """Prints the end of what the emulator has said of errors."""
        with open(self.errors, encoding="utf-8", errors="replace") as errors:
            print("What the emulator said last:\n" + errors.read()[-20_000:])

    def _start(self):
        command = [
            self.program, "--blob-port", "0", "--batch-port", "0", "--log-level", "warning", "--application",
            "greeter=1.0=" + self._package()]
        with open(self.errors, "wb") as errors:
            self.process = subprocess.Popen(
                command + self.options, stdout=subprocess.PIPE, stderr=errors, text=True)
        told = self._announcement()
        if "batch endpoint" not in told:
            with open(self.errors, encoding="utf-8") as errors:
                raise RuntimeError("The emulator does not start: " + errors.read())
        self.batch_endpoint = told["batch endpoint"]
        self.batch_account = told["batch account"]
        self.batch_key = told["batch key"]
        self.blob_endpoint = told["blob endpoint"]
        self.blob_account = told["blob account"]
        self.blob_key = told["blob key"]
        self.blob_connection_string = told["blob connection string"]

    def _announcement(self):
        """The lines `name: value` that the emulator prints before it is ready."""
        timer = threading.Timer(PATIENCE, self.process.kill)
        timer.start()
        try:
            told = {}
            for line in self.process.stdout:
                name, _, value = line.rstrip("\n").partition(": ")
                if name == "ready":
                    break
                told[name] = value
            return told
        finally:
            timer.cancel()

    def _package(self):
        path = os.path.join(self.directory, "greeter.zip")
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("greeting.txt", "hello from a package\n")
        return path
