"""Every kind of file that holds many things."""

from __future__ import annotations

from tests.strategies import dumps, mails

files = mails.files | dumps.files
