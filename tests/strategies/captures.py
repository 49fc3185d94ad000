"""Web archives as crawlers leave them: whole records, lying lengths, packed and cut."""

from __future__ import annotations

import gzip

from hypothesis import strategies as st

_BODIES = st.sampled_from(
    [
        b"<html><body><p>The lamp &amp; she waited.</p><!-- x --></body></html>",
        b"<p>caf\xe9</p><p>again",
        b"plain words\n\nand more",
        b"5\r\n<p>ab\r\n3;x=y\r\ncd<\r\n0\r\n\r\n",
        gzip.compress(b"<html><p>packed</p></html>", mtime=0),
        b"",
        b"\0\xff" * 20,
    ]
)
_HEADS = st.sampled_from(
    [
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n",
        b"HTTP/1.0 200\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n",
        b"HTTP/1.1 404 Not Found\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n",
        b"",
    ]
)


def _record(kind: str, address: str, block: bytes, lie: int) -> bytes:
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\nContent-Type: text/html\r\n"
    return head.encode() + b"Content-Length: %d\r\n\r\n" % max(len(block) + lie, 0) + block + b"\r\n\r\n"


_records = st.builds(
    _record,
    st.sampled_from(["response", "response", "resource", "warcinfo", "request"]),
    st.sampled_from(["http://example.org/a", "http://example.org/b", "<urn:x>", "é" * 3, ""]),
    st.tuples(_HEADS, _BODIES).map(b"".join),
    st.sampled_from([0, 0, 0, -3, 7, 10**6]),
)
_archives = st.lists(_records, min_size=1, max_size=5).map(b"".join)
files = _archives | _archives.map(lambda data: gzip.compress(data, mtime=0)) | _archives.map(lambda data: data[:-9])
