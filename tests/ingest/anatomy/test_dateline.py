"""Datelines in every order and style.

A row is text, place, date (ISO, or --MM-DD where the year is missing), wire.
"""

from __future__ import annotations

import pytest

from ingest.anatomy.dateline import find

DATELINES = [
    # place, date, dash
    ("BERLIN, May 3, 2024 – Acme today", "Berlin", "2024-05-03", None),
    ("BERLIN, May 3, 2024 — Acme today", "Berlin", "2024-05-03", None),
    ("BERLIN, May 3, 2024 - Acme today", "Berlin", "2024-05-03", None),
    ("BERLIN, May 3, 2024 -- Acme today", "Berlin", "2024-05-03", None),
    ("BERLIN, May 3, 2024: Acme today", "Berlin", "2024-05-03", None),
    ("BERLIN – May 3, 2024 – Acme today", "Berlin", "2024-05-03", None),
    ("BERLIN | May 3, 2024 | Acme – today", "Berlin", "2024-05-03", None),
    ("BERLIN (May 3, 2024) – Acme today", "Berlin", "2024-05-03", None),
    ("Berlin, 3 May 2024 – Acme today", "Berlin", "2024-05-03", None),
    ("Berlin, 3rd May 2024 – Acme today", "Berlin", "2024-05-03", None),
    ("Berlin, 3rd of May 2024 – Acme today", "Berlin", "2024-05-03", None),
    ("Berlin, May 3rd, 2024 – Acme today", "Berlin", "2024-05-03", None),
    ("Berlin, May 3 2024 – Acme today", "Berlin", "2024-05-03", None),
    ("Berlin, MAY 3, 2024 – Acme today", "Berlin", "2024-05-03", None),
    ("Berlin, 2024-05-03 – Acme today", "Berlin", "2024-05-03", None),
    ("Berlin, 03.05.2024 – Acme today", "Berlin", "2024-05-03", None),
    ("Berlin, 23/05/2024 – Acme today", "Berlin", "2024-05-23", None),
    ("Dayton, Ohio, 05/23/2024 – Acme today", "Dayton, Ohio", "2024-05-23", None),
    ("Berlin, den 3. Mai 2024 – Die Acme", "Berlin", "2024-05-03", None),
    ("Berlin, 3. Mai 2024. – Die Acme", "Berlin", "2024-05-03", None),
    ("Paris, le 3 mai 2024 – La société", "Paris", "2024-05-03", None),
    ("PARIS, le 14 décembre 2023 – La société", "Paris", "2023-12-14", None),
    ("Madrid, 3 de mayo de 2024 – La empresa", "Madrid", "2024-05-03", None),
    ("Milano, 3 maggio 2024 – La società", "Milano", "2024-05-03", None),
    ("Lisboa, 3 de maio de 2024 – A empresa", "Lisboa", "2024-05-03", None),
    ("Amsterdam, 3 mei 2024 – Het bedrijf", "Amsterdam", "2024-05-03", None),
    ("東京、2024年5月3日 – Acme", None, None, None),
    # no year
    ("Beijing, September 26 – The conference", "Beijing", "--09-26", None),
    ("BEIJING, Sept. 26 – The conference", "Beijing", "--09-26", None),
    ("LONDON, 3 May – Acme today", "London", "--05-03", None),
    ("Nairobi, Oct 9 -- Acme today", "Nairobi", "--10-09", None),
    ("GENEVA, Jan. 2 (Reuters) - Acme", "Geneva", "--01-02", "Reuters"),
    # weekday and time
    ("Berlin, Friday, May 3, 2024 – Acme", "Berlin", "2024-05-03", None),
    ("Berlin, Fri. 3 May 2024 – Acme", "Berlin", "2024-05-03", None),
    ("BERLIN – Friday 3rd May 2024 – Acme", "Berlin", "2024-05-03", None),
    ("Berlin, May 3, 2024, 9:30 a.m. EDT – Acme", "Berlin", "2024-05-03", None),
    ("Berlin, May 3, 2024 14:05 – Acme", "Berlin", "2024-05-03", None),
    ("Reno, Nevada (Wire) Monday Jul 7, 2025 @ 4:15 PM Central — The",
     "Reno, Nevada", "2025-07-07", "Wire"),
    ("(Wire) Monday Jul 7, 2025 @ 4:15 PM Central — The", None, "2025-07-07", "Wire"),
    ("Waco, Texas (Newsworthy.ai) Monday Jul 7, 2025 @ 9:35 AM US/Central — The",
     "Waco, Texas", "2025-07-07", "Newsworthy.ai"),
    ("Perth, WA (Newsworthy.ai) Monday Jul 7, 2025 @ 1:00 AM Australia/Perth — The",
     "Perth, WA", "2025-07-07", "Newsworthy.ai"),
    ("Salem, OR(Newsworthy.ai) Monday Jul 7, 2025 @ 12:15 PM Pacific — The",
     "Salem, OR", "2025-07-07", "Newsworthy.ai"),
    # wires between slashes, in brackets, bare
    ("BEIJING, Sept. 26, 2023 /PRNewswire/ -- The", "Beijing", "2023-09-26", "PRNewswire"),
    ("BEIJING, Sept. 26, 2023 /PRNewswire-USNewswire/ -- The", "Beijing", "2023-09-26",
     "PRNewswire-USNewswire"),
    ("TORONTO, May 3, 2024 /CNW/ - Acme", "Toronto", "2024-05-03", "CNW"),
    ("TORONTO, May 03, 2024 (GLOBE NEWSWIRE) -- Acme", "Toronto", "2024-05-03",
     "Globe Newswire"),
    ("CUPERTINO, Calif.--(BUSINESS WIRE)--May 3, 2024--Acme", "Cupertino, Calif.",
     "2024-05-03", "Business Wire"),
    ("DENVER--(BUSINESS WIRE)--Acme today", "Denver", None, "Business Wire"),
    ("MIAMI, FL / ACCESSWIRE / May 3, 2024 / Acme", "Miami, FL", "2024-05-03", "Accesswire"),
    ("MIAMI, FLORIDA / ACCESS Newswire / May 3, 2024 / Acme", "Miami, Florida", "2024-05-03",
     "Access Newswire"),
    ("TAMPA, FL, UNITED STATES, May 3, 2024 /EINPresswire.com/ -- Acme",
     "Tampa, FL, United States", "2024-05-03", "EINPresswire.com"),
    ("MOUNT VERNON, IA, May 03, 2024 /24-7PressRelease/ -- Acme", "Mount Vernon, IA",
     "2024-05-03", "24-7PressRelease"),
    ("SAN DIEGO, CA / PR Karma / May 3, 2024 15:15", "San Diego, CA", "2024-05-03", "PR Karma"),
    ("(PRWEB) May 03, 2024 -- Acme today", None, "2024-05-03", "PRWeb"),
    ("Boise, Idaho (PRWEB) May 03, 2024 -- Acme", "Boise, Idaho", "2024-05-03", "PRWeb"),
    ("SINGAPORE - Media OutReach Newswire - 17 May 2024 - The", "Singapore", "2024-05-17",
     "Media OutReach Newswire"),
    ("HONG KONG SAR - Media OutReach Newswire - 6 May 2024 - The", "Hong Kong SAR",
     "2024-05-06", "Media OutReach Newswire"),
    ("(NewMediaWire) - May 06, 2024 - Fresno, CA — This", "Fresno, CA", "2024-05-06",
     "NewMediaWire"),
    ("OCALA, Fla. - (NewMediaWire) - November 07, 2024 - Acme", "Ocala, Fla.", "2024-11-07",
     "NewMediaWire"),
    ("TOKYO - November 7, 2025 (NEWMEDIAWIRE) - Acme", "Tokyo", "2025-11-07", "NewMediaWire"),
    ("SAN JUAN, PR — May 23, 2024 — (NOTICIAS NEWSWIRE) — Acme", "San Juan, PR",
     "2024-05-23", "Noticias Newswire"),
    ("VANCOUVER, British Columbia, May 03, 2024 (Newsfile Corp.) - Acme",
     "Vancouver, British Columbia", "2024-05-03", "Newsfile Corp"),
    ("Vancouver, British Columbia--(Newsfile Corp. - May 3, 2024) - Acme",
     "Vancouver, British Columbia", "2024-05-03", "Newsfile Corp"),
    ("OSLO, Norway--(Marketwired - Oct 5, 2015) - Acme", "Oslo, Norway", "2015-10-05",
     "Marketwired"),
    ("HONG KONG, May 3, 2024 - (ACN Newswire) - Acme", "Hong Kong", "2024-05-03",
     "ACN Newswire"),
    ("KUALA LUMPUR, May 3 (Bernama) -- Acme", "Kuala Lumpur", "--05-03", "Bernama"),
    ("NANNING, May 3 (Xinhua) -- The", "Nanning", "--05-03", "Xinhua"),
    ("WASHINGTON (AP) — The", "Washington", None, "AP"),
    ("NEW YORK (Reuters) - The", "New York", None, "Reuters"),
    ("LONDON (AFP) – The", "London", None, "AFP"),
    ("(Reuters) — The", None, None, "Reuters"),
    ("--News Direct--", None, None, "News Direct"),
    ("DUBAI, UAE, May 3, 2024 (Baltic Shipping Newswire) -- Acme", "Dubai, UAE", "2024-05-03",
     "Baltic Shipping Newswire"),
    ("LAGOS, Nigeria, May 3, 2024/APO Group/ -- Acme", "Lagos, Nigeria", "2024-05-03",
     "APO Group"),
    ("Frankfurt, 3 May 2024 (EQS-News) – Acme", "Frankfurt", "2024-05-03", "EQS News"),
    # places
    ("NEW YORK, NY, May 3, 2024 – Acme", "New York, NY", "2024-05-03", None),
    ("NEW YORK, N.Y., May 3, 2024 – Acme", "New York, N.Y.", "2024-05-03", None),
    ("WASHINGTON, D.C., May 3, 2024 – Acme", "Washington, D.C.", "2024-05-03", None),
    ("Washington D.C. – May 3, 2024 – Acme", "Washington D.C.", "2024-05-03", None),
    ("Washington, DC, USA – May 3, 2024", "Washington, DC, USA", "2024-05-03", None),
    ("ST. LOUIS, Mo., May 3, 2024 – Acme", "St. Louis, Mo.", "2024-05-03", None),
    ("FT. WORTH, TX – May 3, 2024 – Acme", "Ft. Worth, TX", "2024-05-03", None),
    ("Port-of-Spain, Trinidad and Tobago, May 3, 2024 – Acme",
     "Port-of-Spain, Trinidad and Tobago", "2024-05-03", None),
    ("SÃO PAULO, Brazil, May 3, 2024 – Acme", "São Paulo, Brazil", "2024-05-03", None),
    ("ZÜRICH, Schweiz, 3. Mai 2024 – Acme", "Zürich, Schweiz", "2024-05-03", None),
    ("L'AQUILA, Italy, May 3, 2024 – Acme", "L'Aquila, Italy", "2024-05-03", None),
    ("RIO DE JANEIRO, May 3, 2024 – Acme", "Rio de Janeiro", "2024-05-03", None),
    ("STRATFORD-UPON-AVON, England, May 3, 2024 – Acme", "Stratford-upon-Avon, England",
     "2024-05-03", None),
    ("DALLAS and CEDAR CITY, UT – May 5, 2024 – Acme", "Dallas and Cedar City, UT",
     "2024-05-05", None),
    ("LONDON and NEW YORK, May 3, 2024 – Acme", "London and New York", "2024-05-03", None),
    ("LONDON & NEW YORK, May 3, 2024 – Acme", "London & New York", "2024-05-03", None),
    ("PARIS / LONDON, May 3, 2024 – Acme", "Paris / London", "2024-05-03", None),
    ("Round Rock, TX – May 3, 2024 – Acme", "Round Rock, TX", "2024-05-03", None),
    ("College Park, Maryland, May 3, 2024 – Acme", "College Park, Maryland", "2024-05-03", None),
    ("MAY PEN, Jamaica, May 3, 2024 – Acme", "May Pen, Jamaica", "2024-05-03", None),
    ("Media, Pennsylvania – May 3, 2024 – Acme", "Media, Pennsylvania", "2024-05-03", None),
    ("Lakewood Colorado (Newsworthy.ai) Monday Jul 7, 2025 @ 4:15 PM Eastern — The",
     "Lakewood Colorado", "2025-07-07", "Newsworthy.ai"),
    ("FULDA, Germany - September 15, 2025 - The", "Fulda, Germany", "2025-09-15", None),
    ("SACRAMENTO, Ca. - May 3, 2024 - Acme", "Sacramento, Ca.", "2024-05-03", None),
    ("DOHA, Qatar: 5 May 2024: Acme", "Doha, Qatar", "2024-05-05", None),
    ("Abu Dhabi, United Arab Emirates – 5 May 2024: Acme", "Abu Dhabi, United Arab Emirates",
     "2024-05-05", None),
    ("TEL AVIV, Israel and BOSTON, May 3, 2024 – Acme", "Tel Aviv, Israel and Boston",
     "2024-05-03", None),
    ("Hamilton, ON, May 3, 2024 – Acme", "Hamilton, ON", "2024-05-03", None),
    ("‍SALEM, Mass. - (NewMediaWire) - May 3, 2024 - Acme", "Salem, Mass.", "2024-05-03",
     "NewMediaWire"),
    ("“BERLIN, May 3, 2024 – Acme", "Berlin", "2024-05-03", None),
    ("**BERLIN, May 3, 2024** – Acme", "Berlin", "2024-05-03", None),
    ("Coral Bay , FL , May 3, 2024– Acme", "Coral Bay, FL", "2024-05-03", None),
    # careless marks
    ("Oslo, May, 3rd, 2024 - Acme", "Oslo", "2024-05-03", None),
    ("Oslo, Norway - May 3rd 2024. Acme, the", "Oslo, Norway", "2024-05-03", None),
    ("May 3, 2024; Acme, the maker", None, "2024-05-03", None),
    ("(Oslo, May 3) – Acme", "Oslo", "--05-03", None),
    # a newspaper of its own, known by its place in the line
    ("HONOLULU, Hawaii (IslandHerald) - The", "Honolulu, Hawaii", None, "IslandHerald"),
    ("OSLO (Fjord Daily News) — The", "Oslo", None, "Fjord Daily News"),
    # a line of its own
    ("New York, NY May 3, 2024", "New York, NY", "2024-05-03", None),
    ("CAMBRIDGE, MASS - MAY 3, 2024 -", "Cambridge, Mass", "2024-05-03", None),
    ("Oakville, Ontario\n3 May 2024", "Oakville, Ontario", "2024-05-03", None),
    ("May 3, 2024\nOakville, Ontario", "Oakville, Ontario", "2024-05-03", None),
    ("May 3, 2024 – Oakville, Ontario – Acme", "Oakville, Ontario", "2024-05-03", None),
    ("3 May 2024, London: Acme", "London", "2024-05-03", None),
    ("San Rafael, United States - May 3, 2024 / Acme Online /", "San Rafael, United States",
     "2024-05-03", None),
    # a place alone, known to be one
    ("LONDON – The", "London", None, None),
    ("BUFFALO, N.Y. — Acme", "Buffalo, N.Y.", None, None),
    ("SIOUX FALLS, S.D. – Acme", "Sioux Falls, S.D.", None, None),
    ("Dekalb, Ill. — Acme", "Dekalb, Ill.", None, None),
    # two datelines
    ("OSLO, May 3, 2024 /PRNewswire/ -- BERGEN, Norway, May 2, 2024 – Acme", "Oslo",
     "2024-05-03", "PRNewswire"),
    ("LONDON, May 3, 2024 / NEW YORK, May 3, 2024 – Acme", "London", "2024-05-03", None),
    # none
    ("Acme Robotics today opened a plant in Berlin on May 3, 2024 – its third.", None, None, None),
    ("On May 3, 2024, Acme opened", None, None, None),
    ("Submission Deadline: May 31, 2024, at 6:30 PM MT", None, None, None),
    ("Kick-off: May 3, 2024 – bring a friend", None, None, None),
    ("Acme Holdings Inc., May 3, 2024 – the company", None, None, None),
    ("Published May 3, 2024 – by the editors", None, None, None),
    ("Updated: May 3, 2024", None, None, None),
    ("About Acme Newswire", None, None, None),
    ("Overview – what we do", None, None, None),
    ("Breaking – Acme wins", None, None, None),
    ("Boston, May 5-7, 2024 – the fair", None, None, None),
    ("Currently, Halden and the Cedar City/Fairlea/ area", None, None, None),
    ("Q3 2024 – results", None, None, None),
    ("Jane Roe (Acme) – speaker", None, None, None),
    ("May 3, 2024. The day on which", None, None, None),
    ("Oslo (Acme) – the plant", None, None, None),
    ("ACME (AcmeWorks) – the plant", None, None, None),
    ("", None, None, None),
    ("–", None, None, None),
    ("2024", None, None, None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "place", "day", "wire"), DATELINES)
def test_dateline(text: str, place: str | None, day: str | None, wire: str | None) -> None:
    found = find(text)
    read = found.day if found else None
    written = None
    if read is not None:
        written = f"{read.year or '-'}-{read.month:02}-{read.day:02}"
    assert (found.place if found else None, written, found.wire if found else None) == (
        place,
        day,
        wire,
    )


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("BERLIN, May 3, 2024 – Acme today", "Acme today"),
        ("(NewMediaWire) - May 06, 2024 - Fresno, CA — This", "This"),
        ("NEW YORK, NY, May 3, 2024 /24-7PressRelease/  [Kit] The", "[Kit] The"),
        ("OSLO, May 3, 2024 /PRNewswire/ -- BERGEN, Norway, May 2, 2024 – Acme", "Acme"),
        ("SAN DIEGO, CA / PR Karma / May 3, 2024 15:15", ""),
        ("Oslo, Norway - May 3rd 2024. Acme, the", "Acme, the"),
        ("May 3, 2024; Acme, the maker", "Acme, the maker"),
        ("(Oslo, May 3) – Acme", "Acme"),
    ],
)
def test_running_text_begins_behind_it(text: str, rest: str) -> None:
    found = find(text)
    assert found is not None
    assert text[found.end :] == rest


def test_a_name_between_slashes_is_the_sender() -> None:
    found = find("San Rafael, United States - May 3, 2024 / Acme Online /")
    assert found is not None
    assert (found.sender, found.wire) == ("Acme Online", None)


def test_the_table_is_wide() -> None:
    assert len(DATELINES) >= 120
