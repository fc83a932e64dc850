"""Figures as an SVG picture of its own, both axes in steps of ten."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from html import escape

WIDTH, HEIGHT, LEFT, TOP = 460, 220, 60, 34
COLOURS = ("#0b6e6e", "#b4531a", "#5b4b9a", "#3b7a2a", "#a3195b", "#555555")
_STYLE = (
    "text{font:12px sans-serif;fill:#222}.grid{stroke:#ddd}.line{fill:none;stroke-width:2}"
    "rect{fill:#fff}"
)

Series = Mapping[str, Sequence[tuple[float, float]]]


def picture(title: str, x_label: str, y_label: str, series: Series) -> str:
    """One plot; `series` has the (x, y) points of each line by name, all above 0."""
    points = [point for line in series.values() for point in line]
    x_range = _powers([x for x, _ in points])
    y_range = _powers([y for _, y in points])
    parts = [
        f'<text x="{LEFT}" y="18" font-weight="bold">{escape(title)}</text>',
        *_grid(x_range, y_range),
        f'<text x="{LEFT + WIDTH / 2}" y="{TOP + HEIGHT + 40}" text-anchor="middle">'
        f"{escape(x_label)}</text>",
        f'<text transform="translate(14 {TOP + HEIGHT / 2}) rotate(-90)" '
        f'text-anchor="middle">{escape(y_label)}</text>',
    ]
    for at, (name, line) in enumerate(series.items()):
        places = [(_place(x, x_range) * WIDTH, _place(y, y_range) * HEIGHT) for x, y in line]
        parts += _line(name, places, COLOURS[at % len(COLOURS)], at)
    height = TOP + HEIGHT + 56 + 18 * len(series)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {LEFT + WIDTH + 44} {height}">'
        f'<style>{_STYLE}</style><rect width="100%" height="100%"/>{"".join(parts)}</svg>\n'
    )


def _powers(values: Sequence[float]) -> tuple[int, int]:
    """The powers of ten between which the values lie, but for a tenth."""
    low = math.floor(math.log10(1.1 * min(values)))
    high = math.ceil(math.log10(max(values) / 1.1))
    return low, max(high, low + 1)


def _place(value: float, powers: tuple[int, int]) -> float:
    """Where a value stands on its axis, 0 to 1."""
    return (math.log10(value) - powers[0]) / (powers[1] - powers[0])


def _grid(x_range: tuple[int, int], y_range: tuple[int, int]) -> list[str]:
    parts = []
    for power in range(x_range[0], x_range[1] + 1):
        x = LEFT + WIDTH * _place(10.0**power, x_range)
        parts.append(f'<line class="grid" x1="{x}" x2="{x}" y1="{TOP}" y2="{TOP + HEIGHT}"/>')
        parts.append(_label(x, TOP + HEIGHT + 18, "middle", power))
    for power in range(y_range[0], y_range[1] + 1):
        y = TOP + HEIGHT * (1 - _place(10.0**power, y_range))
        parts.append(f'<line class="grid" x1="{LEFT}" x2="{LEFT + WIDTH}" y1="{y}" y2="{y}"/>')
        parts.append(_label(LEFT - 6, y + 4, "end", power))
    return parts


def _label(x: float, y: float, anchor: str, power: int) -> str:
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}">{10**power:,}</text>'


def _line(name: str, places: Sequence[tuple[float, float]], colour: str, at: int) -> list[str]:
    drawn = [(LEFT + x, TOP + HEIGHT - y) for x, y in places]
    text = " ".join(f"{x:.1f},{y:.1f}" for x, y in drawn)
    dots = [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{colour}"/>' for x, y in drawn]
    y = TOP + HEIGHT + 60 + 18 * at
    return [
        f'<polyline class="line" stroke="{colour}" points="{text}"/>',
        *dots,
        f'<circle cx="{LEFT + 6}" cy="{y - 4}" r="4" fill="{colour}"/>',
        f'<text x="{LEFT + 18}" y="{y}">{escape(name)}</text>',
    ]
