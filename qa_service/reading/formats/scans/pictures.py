"""Pages as pictures: what a PDF or a scanned image shows, as PNG."""

from __future__ import annotations

from io import BytesIO

import pypdfium2 as pdfium
from PIL import Image

from qa_service.errors import UnreadableDocument
from qa_service.translation.sentences import said

MOST_PIXELS = 12_000_000
COLOURS = 256
"""A palette of so many makes a printed page a third of its size."""


def page_picture(data: bytes, number: int, width: int) -> bytes:
    """Page `number` (from 1) of a file, `width` pixels wide, less where it is very long.

    Raises UnreadableDocument where the file or the page cannot be drawn.
    """
    try:
        drawn = _of_pdf(data, number, width) if b"%PDF-" in data[:1024] else _of_image(data, number)
        size = _bounded(drawn.width, drawn.height, width)
        shown = drawn if drawn.size == size else drawn.resize(size, Image.Resampling.LANCZOS)
    except (pdfium.PdfiumError, OSError, ValueError, EOFError, IndexError) as error:
        raise UnreadableDocument(
            said("page %(number)s cannot be drawn (%(error)s)", number=number, error=error)
        ) from error
    file = BytesIO()
    shown.quantize(COLOURS, Image.Quantize.FASTOCTREE).save(file, "PNG")
    return file.getvalue()


def _of_pdf(data: bytes, number: int, width: int) -> Image.Image:
    document = pdfium.PdfDocument(data)
    if document.get_formtype():
        document.init_forms()
    page = document[number - 1]
    across, down = (max(1.0, side) for side in page.get_size())
    target, _ = _bounded(across, down, width)
    picture: Image.Image = page.render(scale=target / across, rev_byteorder=True).to_pil()
    return picture.convert("RGB")


def _of_image(data: bytes, number: int) -> Image.Image:
    with Image.open(BytesIO(data)) as image:
        image.seek(number - 1)
        return image.convert("RGB")


def _bounded(across: float, down: float, width: int) -> tuple[int, int]:
    """Width and height in the proportion given, of no more than `MOST_PIXELS`."""
    scale = min(width / across, (MOST_PIXELS / (across * down)) ** 0.5)
    return max(1, round(across * scale)), max(1, round(down * scale))
