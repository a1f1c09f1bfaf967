"""What the terminal shows of long lists."""

from __future__ import annotations

import pytest

from dateline.terminal import SHOWN, limited


@pytest.mark.parametrize(
    ("more", "last"),
    [
        (0, None),
        (1, "    … and 1 more person"),
        (1_200, "    … and 1,200 more people"),
    ],
)
def test_the_rest_of_a_list_is_counted(more: int, last: str | None) -> None:
    items = [{"number": number} for number in range(SHOWN + more)]
    lines = list(limited(items, "person", "people"))
    assert [item for item, _ in lines] == items[:SHOWN]
    assert [rest for _, rest in lines] == [None] * (SHOWN - 1) + [last]
