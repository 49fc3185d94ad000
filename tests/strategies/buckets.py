"""A real S3 server on this machine, with one bucket in it: SeaweedFS, as its wheel brings it."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

BUCKET = "vaults"
KEYS = {"AWS_ACCESS_KEY_ID": "reader", "AWS_SECRET_ACCESS_KEY": "quite-secret-here", "AWS_REGION": "us-east-1"}
_LONGEST = 60


@contextmanager
def serving(place: Path) -> Iterator[dict[str, str]]:
    """The environment with which any S3 tool reaches the server while the context lasts."""
    place.mkdir()
    config = place / "s3.json"
    actions = ["Admin", "Read", "Write", "List", "Tagging"]
    keys = {"accessKey": KEYS["AWS_ACCESS_KEY_ID"], "secretKey": KEYS["AWS_SECRET_ACCESS_KEY"]}
    config.write_text(json.dumps({"identities": [{"name": "t", "credentials": [keys], "actions": actions}]}))
    master, volume, filer, s3, *grpc = _free_ports(8)
    ports = [f"-master.port={master}", f"-volume.port={volume}", f"-filer.port={filer}", f"-s3.port={s3}"]
    ports += [f"-{name}.port.grpc={port}" for name, port in zip(("master", "volume", "filer", "s3"), grpc, strict=True)]
    program = Path(sys.executable).with_name("weed")
    words = ["server", f"-dir={place}", "-ip=127.0.0.1", "-ip.bind=127.0.0.1", "-filer", "-s3", f"-s3.config={config}"]
    limits = [
        "-volume.max=4",
        "-master.volumeSizeLimitMB=16",
        "-master.telemetry=false",
        "-s3.port.iceberg=0",
        "-s3.port.lance=0",
    ]
    with (place / "log").open("wb") as log:
        server = subprocess.Popen([program, *words, *limits, *ports], stdout=log, stderr=log)
    try:
        environ = {**KEYS, "AWS_ENDPOINT_URL": f"http://127.0.0.1:{s3}", "AWS_ALLOW_HTTP": "true"}
        _wait_for(environ, place / "log")
        yield environ
    finally:
        # What it holds is thrown away with its folder, so it may go at once.
        server.kill()
        server.wait(30)


def _wait_for(environ: dict[str, str], log: Path) -> None:
    """Until a first file can be put and taken away again: the bucket is made by that."""
    import obstore
    from obstore.exceptions import BaseError
    from obstore.store import S3Store

    os.environ.update(environ)
    end = time.monotonic() + _LONGEST
    while True:
        try:
            store = S3Store(BUCKET, retry_config={"max_retries": 0})
            obstore.put(store, "first", b"1")
            obstore.delete(store, "first")
        except BaseError:
            assert time.monotonic() < end, log.read_text("utf-8", "replace")[-2000:]
            time.sleep(0.2)
        else:
            return


def _free_ports(many: int) -> list[int]:
    held = [socket.socket() for _ in range(many)]
    try:
        for one in held:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in held]
    finally:
        for one in held:
            one.close()
