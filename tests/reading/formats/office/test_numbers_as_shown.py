"""Numbers of sheets and charts as they are shown."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pptx
import pytest
import xlsxwriter
from pptx.chart.data import BubbleChartData, CategoryChartData, XyChartData
from pptx.enum.chart import XL_CHART_TYPE

from qa_service.reading.formats.office.drawings.charts import chart_blocks
from qa_service.reading.formats.office.number_formats.numbers import hides, shown_value

ACCOUNTS = '_("$"* #,##0.00_);_("$"* (#,##0.00);_("$"* "-"??_);_(@_)'
SIZES = '[>=1000000]0.0,,"M";[>=1000]0.0,"K";0'


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        ("2.5", "# ?/?", "2 1/2"),
        ("0.75", "# ?/8", "6/8"),
        ("3", "# ?/?", "3"),
        ("1234567", "0.00E+00", "1.23E+06"),
        ("1500000", SIZES, "1.5M"),
        ("1500", SIZES, "1.5K"),
        ("15", SIZES, "15"),
        ("2079460000", "000 0000 0000", "020 7946 0000"),
        ("123456789", "000-00-0000", "123-45-6789"),
        ("-320", ACCOUNTS, "$(320.00)"),
        ("0", ACCOUNTS, "$-"),
        ("0", '0;-0;"none"', "none"),
        ("5", "+0;-0;0", "+5"),
        ("7", '"Grade 2020 "0', "Grade 2020 7"),
        ("-7.5", 'General" kg"', "-7.5 kg"),
        ("-1234.5", '"£"#,##0.00', "-£1,234.50"),
        ("45605", "d mmm yyyy", "2024-11-09"),
        ("1.5", "[h]:mm", "36:00"),
        ("1.52", "[h]:mm", "36:28"),
        ("North", "0.00", "North"),
    ],
)
def test_a_number_is_written_as_its_code_shows_it(value: str, code: str, shown: str) -> None:
    assert shown_value(value, code) == shown


@pytest.mark.parametrize(("value", "code"), [(5, ";;;"), (0, "0;-0;"), ("x", "0;0;0;")])
def test_a_code_that_shows_nothing_hides(value: object, code: str) -> None:
    assert hides(value, code)
    assert not hides(5, "0;-0;")


def chart_of(kind: XL_CHART_TYPE, data: object) -> bytes:
    """The presentation of one chart."""
    slides, file = pptx.Presentation(), BytesIO()
    slide = slides.slides.add_slide(slides.slide_layouts[6])
    slide.shapes.add_chart(kind, 0, 0, 5_000_000, 4_000_000, data)
    slides.save(file)
    return file.getvalue()


def test_shares_and_days_of_charts_are_read_as_shown(read) -> None:
    data = CategoryChartData(number_format="0.0%")
    data.categories = [date(2024, 1, 31), date(2024, 2, 29)]
    data.add_series("Share", (0.125, 0.08))
    lines = read("a.pptx", chart_of(XL_CHART_TYPE.LINE, data)).text.splitlines()
    assert lines[1:] == [
        "Category: 2024-01-31; Share: 12.5%",
        "Category: 2024-02-29; Share: 8.0%",
    ]


def test_categories_of_two_levels_are_joined(read) -> None:
    data = CategoryChartData()
    for year in ("2023", "2024"):
        outer = data.add_category(year)
        outer.add_sub_category("Q1")
        outer.add_sub_category("Q2")
    data.add_series("Boats", (1, 2, 3, 4))
    text = read("a.pptx", chart_of(XL_CHART_TYPE.COLUMN_CLUSTERED, data)).text
    assert "Category: 2023 Q2; Boats: 2" in text
    assert "Category: 2024 Q1; Boats: 3" in text


def test_series_with_places_of_their_own_are_tables_of_their_own(read) -> None:
    data = XyChartData()
    for name, points in (("A", ((1, 20), (2, 30))), ("B", ((5, 50), (6, 60)))):
        series = data.add_series(name)
        for x, y in points:
            series.add_data_point(x, y)
    text = read("a.pptx", chart_of(XL_CHART_TYPE.XY_SCATTER, data)).text
    assert "X: 1; A: 20\nX: 2; A: 30" in text
    assert "X: 5; B: 50\nX: 6; B: 60" in text


def test_bubbles_have_their_sizes(read) -> None:
    data = BubbleChartData()
    series = data.add_series("Ports")
    series.add_data_point(1, 20, 300)
    series.add_data_point(2, 30, 400)
    assert (
        "X: 1; Ports: 20; Ports size: 300"
        in read("a.pptx", chart_of(XL_CHART_TYPE.BUBBLE, data)).text
    )


def test_charts_of_newer_kinds_are_read() -> None:
    names = "http://schemas.microsoft.com/office/drawing/2014/chartex"
    points = '<x:pt idx="0">{0}</x:pt><x:pt idx="1">{1}</x:pt>'
    part = f"""<x:chartSpace xmlns:x="{names}"><x:chartData><x:data id="0">
        <x:strDim type="cat"><x:lvl>{points.format("Rent", "Wages")}</x:lvl></x:strDim>
        <x:numDim type="val"><x:lvl formatCode="0%">{points.format(0.25, 0.5)}</x:lvl></x:numDim>
        </x:data></x:chartData><x:chart><x:series><x:tx><x:txData><x:v>Costs</x:v></x:txData></x:tx>
        <x:dataId val="0"/></x:series></x:chart></x:chartSpace>"""
    texts = [block.text for block in chart_blocks(part.encode(), (), [])]
    assert texts == [
        "Category | Costs",
        "Category: Rent; Costs: 25%",
        "Category: Wages; Costs: 50%",
    ]


def test_a_chart_without_numbers_is_told() -> None:
    lost: list[str] = []
    names = "http://schemas.openxmlformats.org/drawingml/2006/chart"
    part = f'<c:chartSpace xmlns:c="{names}"><c:ser><c:val/></c:ser></c:chartSpace>'
    assert list(chart_blocks(part.encode(), (), lost)) == []
    assert lost == ["a chart that holds no numbers was not read"]


def test_a_formula_that_nobody_computed_is_no_zero(read) -> None:
    file = BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet("Budget")
        sheet.write_row(0, 0, ["Item", "Cost"])
        sheet.write_row(1, 0, ["Rope", 41])
        sheet.write(2, 0, "Total")
        sheet.write_formula(2, 1, "=SUM(B2:B2)")
        sheet.write(3, 0, "Known")
        sheet.write_formula(3, 1, "=41*2", None, 82)
    document = read("a.xlsx", file.getvalue())
    assert "Item: Total\nItem: Known; Cost: 82" in document.text
    assert "formulas of sheet Budget hold no value: B3" in document.extraction.warnings[0]


def test_errors_in_cells_are_told(read) -> None:
    file = BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet("Budget")
        sheet.write_row(0, 0, ["Rope", "Cost"])
        sheet.write_formula(1, 1, "=1/0", None, "#DIV/0!")
    warnings = read("a.xlsx", file.getvalue()).extraction.warnings
    assert warnings == ("cells of sheet Budget show an error: B2 #DIV/0!",)
