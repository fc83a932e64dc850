"""What a site may lead to: its own hosts, at public addresses, whatever redirects and names say."""

from __future__ import annotations

import socket
from ipaddress import ip_network

import pytest
from site_server import Answer, Site

from qa_service.errors import BuildFailed, FetchFailed, SettingsError
from qa_service.mirroring.sites.connections import pool_of

LOOPBACK = (ip_network("127.0.0.1"),)


def asked_of(host: str, port: int, allowed=()) -> bytes:
    with pool_of("http", host, port, allowed) as pool:
        return pool.urlopen("GET", "/", retries=False).data


@pytest.fixture
def leads_to(monkeypatch):
    """Has names lead to the given addresses, one after another, and counts how often they are
    asked for."""

    def name_server(*addresses: str) -> list[str]:
        left, asked = list(addresses), []

        def look_up(host, port, **_):
            asked.append(host)
            found = left.pop(0) if len(left) > 1 else left[0]
            family = socket.AF_INET6 if ":" in found else socket.AF_INET
            return [(family, socket.SOCK_STREAM, 6, "", (found, port))]

        monkeypatch.setattr(socket, "getaddrinfo", look_up)
        return asked

    return name_server


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0"),
        *("100.64.0.1", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fd00::1"),
        *("ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::"),
    ],
)
def test_no_connection_is_made_to_an_address_that_is_not_public(
    leads_to, monkeypatch, address
) -> None:
    leads_to(address)
    monkeypatch.setattr(socket.socket, "connect", lambda *_: pytest.fail("it connected"))
    with pytest.raises(FetchFailed, match="no public address; if that is meant, add it to site"):
        asked_of("www.example.org", 80)


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07::1"])
def test_public_addresses_are_connected_to(leads_to, monkeypatch, address) -> None:
    reached = []

    def connect(_, place):
        reached.append(place[0])
        raise OSError("as far as this test goes")

    leads_to(address)
    monkeypatch.setattr(socket.socket, "connect", connect)
    with pytest.raises(FetchFailed, match="takes no connection"):
        asked_of("www.example.org", 80)
    assert reached == [address]


def test_a_name_that_leads_elsewhere_the_second_time_is_asked_for_once(leads_to, site) -> None:
    site.answers["/"] = Answer(b"first")
    other = Site("127.0.0.2")
    names = leads_to("127.0.0.1", "127.0.0.2")
    assert asked_of("www.example.org", site.port, LOOPBACK) == b"first"
    assert (names, other.asked) == (["www.example.org"], [])
    with pytest.raises(FetchFailed, match=r"leads to 127\.0\.0\.2"):
        asked_of("www.example.org", other.port, LOOPBACK)
    assert other.asked == []
    other.close()


def test_without_the_setting_a_site_on_the_loopback_is_refused(site, mirrored) -> None:
    with pytest.raises(BuildFailed, match="is no public address"):
        mirrored(f"{site.address}/sitemap.xml", site_networks="").refresh()
    assert site.asked == []


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("http://127.0.0.2/secret", "which is none of the site's hosts"),
        ("http://localhost/secret", "which is none of the site's hosts"),
        ("file:///etc/passwd", "which is no plain address of the web"),
        ("http://me:secret@127.0.0.1/", "which is no plain address of the web"),
        ("/2023/visit", "more than 5 redirects"),
    ],
)
def test_a_redirect_that_leads_away_or_round_is_not_followed(
    site, mirrored, target, reason
) -> None:
    site.answers["/2023/visit"] = Answer(status=302, headers={"Location": target})
    (told,) = mirrored(f"{site.address}/sitemap.xml").refresh()
    assert told.startswith(f"{site.address}/2023/visit: ")
    assert reason in told


def test_a_host_of_the_settings_is_checked_like_the_sites_own(site, mirrored) -> None:
    inner = Site("127.0.0.2")
    inner.page("/secret", "Secret")
    target = {"Location": f"{inner.address}/secret"}
    site.answers["/2023/visit"] = Answer(status=302, headers=target)
    mirror = mirrored(f"{site.address}/sitemap.xml", site_hosts="127.0.0.2")
    assert "leads to 127.0.0.2, which is no public address" in mirror.refresh()[0]
    assert inner.asked == []
    assert mirror.refresh(site_networks="127.0.0.0/8") == []
    assert "Secret" in "".join(mirror.held.values())
    inner.close()


def test_pages_of_other_hosts_in_a_sitemap_are_told_and_not_fetched(site, mirrored) -> None:
    site.address, own = "http://127.0.0.2", site.address
    site.lists("/elsewhere")
    (told,) = mirrored(f"{own}/sitemap.xml").refresh()
    assert "127.0.0.2, which is none of the site's hosts" in told


def test_a_redirect_on_the_same_host_is_followed(site, mirrored) -> None:
    site.page("/moved", "Moved")
    site.answers["/2023/visit"] = Answer(status=301, headers={"Location": "/moved"})
    mirror = mirrored(f"{site.address}/sitemap.xml")
    assert mirror.refresh() == []
    assert "Moved" in "".join(mirror.held.values())


def test_an_address_with_a_password_is_refused(mirrored) -> None:
    with pytest.raises(SettingsError, match="holds a password"):
        mirrored("sftp://me:secret@files.example.org/reports")
