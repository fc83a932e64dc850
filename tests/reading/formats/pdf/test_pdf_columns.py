"""PDF: columns that are stored across, by the row, are read one after the other."""

from __future__ import annotations

from made_pdf_files import in_columns, in_two_columns

FERRY = """
The ferry to Lower Wick
leaves every hour from
the north pier between
May and October. Dogs
travel free of charge if
they are kept on a lead.
""".strip().split("\n")
TICKETS = """
Tickets are sold by the
harbour master, who also
keeps the lost property.
A return ticket costs six
pounds for adults and two
pounds for children.
""".strip().split("\n")
WINTER = """
In winter the boats are
laid up in the old sheds,
where the trust repaints
them. Visitors may watch
the work on Saturdays, if
the weather allows it.
""".strip().split("\n")
ACROSS = "This leaflet tells all that a visitor to the ferries of Lower Wick has to know, and it"
PLACES = (60, 225, 390)


def test_three_columns_are_read_one_after_the_other(read) -> None:
    text = read("a.pdf", in_columns(PLACES, FERRY, TICKETS, WINTER)).text
    assert "Dogs travel free of charge if they are kept on a lead.\n\nTickets" in text
    assert "sold by the harbour master, who also keeps" in text
    assert "laid up in the old sheds, where the trust repaints them." in text


def test_columns_below_text_of_the_whole_width_are_told(read) -> None:
    above = [
        ACROSS,
        "was written by the harbour trust in the spring of last year for everyone.",
    ] * 3
    text = read("a.pdf", in_columns(PLACES, FERRY, TICKETS, WINTER, above=above)).text
    assert "between May and October. Dogs travel free of charge if they" in text
    assert text.index("last year for everyone.") < text.index("The ferry to Lower Wick leaves")


def test_columns_of_few_short_lines_are_read_one_after_the_other(read) -> None:
    left = ["The hall opens at", "nine and closes at", "noon on Mondays."]
    right = ["Keys are kept by", "the baker next to", "the old bridge."]
    assert read("a.pdf", in_two_columns(left, right)).text == (
        "The hall opens at nine and closes at noon on Mondays.\n\n"
        "Keys are kept by the baker next to the old bridge."
    )


def test_columns_of_two_lines_are_read_one_after_the_other(read) -> None:
    left = ["Dogs must be kept on", "a lead in the park."]
    right = ["Bicycles are allowed on", "the outer path alone."]
    assert read("a.pdf", in_two_columns(left, right)).text == (
        "Dogs must be kept on a lead in the park.\n\nBicycles are allowed on the outer path alone."
    )


def test_two_rows_of_cells_stay_rows(read) -> None:
    text = read("a.pdf", in_two_columns(["North hall", "South hall"], ["4 rooms", "9 rooms"])).text
    assert text.index("4 rooms") < text.index("South hall")


def test_a_table_whose_cells_are_wrapped_stays_a_table(read) -> None:
    left = ["Roof of the north", "barn", "Gate of the lower", "meadow", "Floor of the", "room"]
    right = ["Mended by the", "smith", "Painted by school", "children", "Laid by the", "mason"]
    text = read("a.pdf", in_two_columns(left, right)).text
    assert text.index("Mended by") < text.index("Gate of the lower")


def test_a_table_of_three_columns_stays_a_table(read) -> None:
    schools, pupils = ["School", "North", "South", "East"], ["Pupils", "112", "98", "77"]
    text = read(
        "a.pdf", in_columns(PLACES, schools, pupils, ["Grade", "good", "fair", "poor"])
    ).text
    assert "North 112 good" in text


def test_three_columns_of_two_lines_are_read_one_after_the_other(read) -> None:
    columns = (
        ["Open daily from May", "to September."],
        ["Dogs on a lead are", "welcome outside."],
        ["Groups must book a", "week before they come."],
    )
    text = read("a.pdf", in_columns(PLACES, *columns)).text
    assert text == "\n\n".join(map(" ".join, columns))


def test_wide_blanks_of_a_narrow_text_part_no_columns(read) -> None:
    first = ["a firefighter", "through the", "shelter of the", "sold honey to"]
    second = ["walk", "long", "old", "all"]
    text = read("a.pdf", in_columns((60, 160), first, second)).text
    assert "a firefighter walk through the long shelter of the old" in text


def test_cells_in_small_letters_stay_a_table(read) -> None:
    first = ["barley and oats", "wheat and rye", "peas and beans"]
    second = ["sown in march", "sown in autumn", "sown in april"]
    text = read("a.pdf", in_columns((60, 330), first, second)).text
    assert text.index("sown in march") < text.index("wheat and rye")
