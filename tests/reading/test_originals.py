"""The file behind a document: only while it is the same, and only within the corpus."""

import hashlib
from dataclasses import replace
from functools import partial
from io import BytesIO

import pytest
from made_files import scanned, zip_file
from PIL import Image

from qa_service.errors import OriginalUnavailable
from qa_service.nouns.documents import DocumentSummary
from qa_service.reading import originals
from qa_service.reading.limits import ReadingLimits
from qa_service.reading.originals import drawn, from_original, opened

LIMITS = ReadingLimits()


def summary_of(data, *sources):
    version = hashlib.sha256(data).hexdigest()
    empty = DocumentSummary("id", version, "Title", sources[0], None, "default", 2, 1)
    return replace(empty, sources=sources)


def bytes_of(document, folder, collection=""):
    with from_original(document, [(collection, folder)], partial(opened, limits=LIMITS)) as file:
        return file.read()


def picture_of(document, folder, page=1, width=600):
    draw = partial(drawn, page=page, width=width, limits=LIMITS)
    return Image.open(BytesIO(from_original(document, [("", folder)], draw)))


@pytest.fixture
def report(corpus, pdf):
    data = pdf(["Boats sail."], ["Boats return."])
    (corpus / "report.pdf").write_bytes(data)
    return summary_of(data, "report.pdf")


def test_a_file_is_given_as_it_was_read(corpus, report):
    assert hashlib.sha256(bytes_of(report, corpus)).hexdigest() == report.version


def test_a_page_is_drawn_in_the_width_asked_for(corpus, report):
    first, second = picture_of(report, corpus), picture_of(report, corpus, page=2, width=900)
    assert (first.size, second.size) == ((600, 850), (900, 1274))
    assert first.convert("L").getextrema()[0] < 100


def test_a_file_that_changed_is_not_shown(corpus, report):
    (corpus / "report.pdf").write_bytes(b"%PDF-1.4 something else")
    for use in (bytes_of, picture_of):
        with pytest.raises(OriginalUnavailable, match=r"has changed.*qa-service build"):
            use(report, corpus)


def test_a_file_that_left_is_told(corpus, report):
    (corpus / "report.pdf").unlink()
    with pytest.raises(OriginalUnavailable, match="not in the corpus any more"):
        bytes_of(report, corpus)


def test_the_same_bytes_elsewhere_do_as_well(corpus, report):
    data = (corpus / "report.pdf").read_bytes()
    (corpus / "copy.pdf").write_bytes(data)
    (corpus / "report.pdf").write_bytes(b"changed")
    assert bytes_of(replace(report, sources=("report.pdf", "copy.pdf")), corpus) == data


def test_a_named_collection_is_a_folder_of_its_own(corpus, report):
    named = replace(report, sources=("policies/report.pdf",))
    assert bytes_of(named, corpus, "policies")
    with pytest.raises(OriginalUnavailable):
        bytes_of(replace(report, sources=("others/report.pdf",)), corpus, "policies")


@pytest.mark.parametrize("name", ["../secret.txt", "/etc/hostname", "link.txt", "folder"])
def test_nothing_outside_the_corpus_is_opened(corpus, tmp_path, name):
    secret = tmp_path / "secret.txt"
    secret.write_bytes(b"secret")
    (corpus / "link.txt").symlink_to(secret)
    (corpus / "folder").mkdir()
    with pytest.raises(OriginalUnavailable):
        bytes_of(summary_of(b"secret", name), corpus)


def test_a_file_within_a_file_is_taken_out_of_it(corpus, pdf):
    inner = pdf(["Boats sail."])
    archive = zip_file({"2023/a.pdf": inner, "notes.eml": "Subject: Boats\n\nThey sail."})
    (corpus / "all.zip").write_bytes(zip_file({"inner.zip": archive}))
    document = summary_of(inner, "all.zip/inner.zip/2023/a.pdf")
    assert bytes_of(document, corpus) == inner
    assert picture_of(document, corpus).width == 600
    with pytest.raises(OriginalUnavailable, match="no longer holds it"):
        bytes_of(summary_of(inner, "all.zip/inner.zip/b.pdf"), corpus)


def test_a_scanned_picture_is_its_own_page(corpus, pdf):
    file = BytesIO()
    Image.new("RGB", (1200, 1600), "white").save(file, "TIFF")
    (corpus / "scan.tiff").write_bytes(file.getvalue())
    assert picture_of(summary_of(file.getvalue(), "scan.tiff"), corpus).size == (600, 800)
    data = scanned(pdf(["Boats sail."]))
    (corpus / "scan.pdf").write_bytes(data)
    assert picture_of(summary_of(data, "scan.pdf"), corpus).width == 600


@pytest.mark.parametrize(("data", "page"), [(b"%PDF-1.4 broken", 1), (b"no picture", 1)])
def test_what_cannot_be_drawn_is_told(corpus, data, page):
    (corpus / "broken.pdf").write_bytes(data)
    with pytest.raises(OriginalUnavailable, match="page 1 cannot be drawn"):
        picture_of(summary_of(data, "broken.pdf"), corpus, page)


def test_a_page_that_is_not_there_is_told(corpus, report):
    with pytest.raises(OriginalUnavailable, match="page 9 cannot be drawn"):
        picture_of(report, corpus, page=9)


def test_a_very_long_page_is_drawn_smaller(corpus, pdf):
    data = pdf(["Boats sail."]).replace(b"[0 0 595 842]", b"[0 0 40 9999]")
    (corpus / "long.pdf").write_bytes(data)
    picture = picture_of(summary_of(data, "long.pdf"), corpus, width=2000)
    assert picture.width * picture.height <= 12_100_000


def test_what_takes_too_long_is_given_up(corpus, report, monkeypatch):
    monkeypatch.setattr(originals, "SECONDS", 0.0)
    monkeypatch.setattr(originals, "GRACE", 0.001)
    with pytest.raises(OriginalUnavailable, match="takes too long"):
        picture_of(report, corpus)


def test_more_than_a_picture_may_hold_is_not_taken(corpus, report, monkeypatch):
    monkeypatch.setattr(originals, "MOST_PICTURE_BYTES", 100)
    with pytest.raises(OriginalUnavailable, match="too much memory"):
        picture_of(report, corpus)
