"""Which public methods of a client have been called, and came to an end."""
from collections.abc import Iterator


class Calls:
    """Remembers the methods that were called on the clients it watches."""

    def __init__(self):
        self.completed = set()

    def watch(self, client, prefix=""):
        """Stands in front of a client, or of a group of its operations."""
        return _Watched(self, client, prefix)


class _Watched:
    def __init__(self, calls, client, prefix):
        self._calls, self._client, self._prefix = calls, client, prefix

    def __getattr__(self, name):
        value = getattr(self._client, name)
        if name.startswith("_") or not callable(value):
            return value

        def call(*arguments, **options):
            try:
                result = value(*arguments, **options)
            except Exception as error:
                # An answer of the service, which the test expects; what has no status never got that far.
                if getattr(error, "status_code", None) or getattr(error, "response", None) is not None:
                    self._calls.completed.add(self._prefix + name)
                raise
            if isinstance(result, Iterator):
                return self._items(name, result)
            self._calls.completed.add(self._prefix + name)
            return result

        return call

    def _items(self, name, result):
        """Lists and contents are asked for while they are read, so reading them to their end is what counts."""
        yield from result
        self._calls.completed.add(self._prefix + name)
