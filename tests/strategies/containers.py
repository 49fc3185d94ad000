"""Every kind of file that holds many things."""

from __future__ import annotations

import html
import json

from tests.strategies import captures, dumps, mails

_raw = mails.mail.map(lambda mail: json.dumps({"msgId": 3, "rawEmail": html.escape(mail)}).encode())

files = mails.files | captures.files | dumps.files | dumps.hashes | _raw
