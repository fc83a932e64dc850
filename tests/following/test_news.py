"""News reaches a mailbox; what is not taken is told in words."""

from __future__ import annotations

import re
import socketserver
from collections.abc import Iterator
from threading import Thread

import pytest

from qa_service.errors import FollowingError
from qa_service.following.news import post_json, send_mail

ANSWERS = {"DATA": b"354 go on\r\n", "QUIT": b"221 bye\r\n"}


class MailServer(socketserver.ThreadingTCPServer):
    """Takes whatever is sent, and keeps its lines."""

    daemon_threads = True
    lines: list[str]


class Talk(socketserver.StreamRequestHandler):
    """One conversation by SMTP (RFC 5321)."""

    def handle(self) -> None:
        self.wfile.write(b"220 here\r\n")
        in_message = False
        for raw in self.rfile:
            line = raw.decode().rstrip("\r\n")
            self.server.lines.append(line)  # type: ignore[attr-defined]
            if in_message and line != ".":
                continue
            in_message = line.upper() == "DATA"
            self.wfile.write(ANSWERS.get(line.upper(), b"250 good\r\n"))
            if line.upper() == "QUIT":
                return


@pytest.fixture
def mail_server() -> Iterator[MailServer]:
    with MailServer(("127.0.0.1", 0), Talk) as server:
        server.lines = []
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def test_a_message_is_sent_to_everyone_named(mail_server) -> None:
    address = f"smtp://127.0.0.1:{mail_server.server_address[1]}"
    send_mail(
        address, "qa@example.org", ["ann@example.org", "bob@example.org"], "New\nthings", "Read."
    )
    said = "\n".join(mail_server.lines)
    assert "Subject: New things" in said
    assert "To: ann@example.org, bob@example.org" in said
    assert "\nRead." in said
    assert re.search(r"^Date: \w{3}, ", said, re.MULTILINE)
    assert re.search(r"^Message-ID: <\S+@example\.org>$", said, re.MULTILINE)


@pytest.mark.parametrize("address", ["mail.example.org", "smtp://", "http://mail.example.org"])
def test_an_address_that_is_no_mail_server_is_told(address) -> None:
    with pytest.raises(FollowingError, match=r"^smtp_server must be"):
        send_mail(address, "qa@example.org", ["ann@example.org"], "New", "Read.")


def test_a_server_that_is_not_there_is_told() -> None:
    with pytest.raises(FollowingError, match=r"^the mail cannot be sent"):
        send_mail("smtp://127.0.0.1:1", "qa@example.org", ["ann@example.org"], "New", "Read.")
    with pytest.raises(FollowingError, match=r"^the webhook cannot be reached"):
        post_json("http://127.0.0.1:1/hook", b"{}")
