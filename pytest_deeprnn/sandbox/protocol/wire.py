"""Length-prefixed frames of msgpack over a socket; nothing is ever unpickled."""

from __future__ import annotations

import contextlib
import socket
import struct
import time
from typing import Generic, TypeVar

import msgspec

_LENGTH = struct.Struct("!I")
MAX_FRAME = 256 * 1024 * 1024
T = TypeVar("T")


class Closed(Exception):
    """The other side has gone."""


class TimedOut(Exception):
    """No whole frame came in time."""


class BadFrame(Exception):
    """A frame is too long or not what was agreed on."""


class Codec(Generic[T]):
    """Encodes any message and decodes only the agreed types."""

    def __init__(self, expected: type[T]) -> None:
        self._encoder = msgspec.msgpack.Encoder()
        self._decoder = msgspec.msgpack.Decoder(expected)

    def encode(self, message: object) -> bytes:
        """Turn a message into the body of a frame."""
        return self._encoder.encode(message)

    def decode(self, body: bytes) -> T:
        """Turn a frame's body into a message; BadFrame where it is none."""
        try:
            return self._decoder.decode(body)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise BadFrame(str(error)) from None


class Channel(Generic[T]):
    """One end of a connection that sends any message and receives only the agreed types."""

    def __init__(self, connection: socket.socket, expected: type[T]) -> None:
        self.connection = connection
        self._codec = Codec(expected)

    def send(self, message: object, seconds: float | None = None) -> None:
        """Send one message; Closed where nobody listens, TimedOut where nobody reads."""
        body = self._codec.encode(message)
        try:
            self.connection.settimeout(seconds)
            self.connection.sendall(_LENGTH.pack(len(body)) + body)
        except TimeoutError:
            raise TimedOut from None
        except OSError as error:
            raise Closed(str(error)) from None

    def receive(self, seconds: float | None = None, most: int = MAX_FRAME) -> T:
        """Wait for one message of at most so many bytes, for some seconds at most.

        Raises Closed, TimedOut or BadFrame.
        """
        deadline = None if seconds is None else time.monotonic() + seconds
        (length,) = _LENGTH.unpack(self._read(_LENGTH.size, deadline))
        if length > most:
            raise BadFrame(f"a frame of {length} bytes")
        return self._codec.decode(self._read(length, deadline))

    def _read(self, size: int, deadline: float | None) -> bytes:
        parts = bytearray()
        while len(parts) < size:
            left = None if deadline is None else deadline - time.monotonic()
            if left is not None and left <= 0:
                raise TimedOut
            try:
                self.connection.settimeout(left)
                part = self.connection.recv(min(size - len(parts), 1 << 20))
            except TimeoutError:
                raise TimedOut from None
            except OSError as error:
                raise Closed(str(error)) from None
            if not part:
                raise Closed("end of stream")
            parts += part
        return bytes(parts)

    def close(self) -> None:
        """Close this end."""
        self.connection.close()

    def hang_up(self) -> None:
        """End the connection itself, so that another thread that waits for a frame hears of it."""
        with contextlib.suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)
        self.close()
