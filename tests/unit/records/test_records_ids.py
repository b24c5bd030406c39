"""Ids: 26 characters, sorted by time, rising within a process."""

from __future__ import annotations

import threading

import pytest

from groundwire.records.ids import ALPHABET, LENGTH, Ids, encoded, normal


def test_the_known_example_of_the_specification() -> None:
    ids = Ids(clock=lambda: 1469918176.385, random=lambda _bits: 0)
    assert ids.make() == "01ARYZ6S41" + "0" * 16


def test_digits_are_crockfords_and_the_largest_number_fits() -> None:
    assert encoded(2**128 - 1) == "7" + "Z" * 25
    assert encoded(31 << 5 | 10) == "0" * 24 + "ZA"
    for number in (-1, 2**128):
        with pytest.raises(OverflowError):
            encoded(number)


def test_later_ids_sort_later_even_in_one_millisecond_and_when_the_clock_goes_back() -> None:
    times = iter([5.0, 5.0, 5.0001, 4.0, 6.0, 5.5])
    ids = Ids(clock=lambda: next(times), random=lambda bits: 2**bits - 2)
    made = [ids.make() for _ in range(6)]
    assert made == sorted(set(made))


def test_random_bits_are_asked_for_once_a_millisecond() -> None:
    asked: list[int] = []

    def random(bits: int) -> int:
        asked.append(bits)
        return 7

    ids = Ids(clock=lambda: 1.0, random=random)
    first, second = ids.make(), ids.make()
    assert asked == [80]
    assert (first[-1], second[-1]) == ("7", "8")


def test_threads_get_different_ids() -> None:
    ids = Ids()
    made: list[str] = []
    threads = [
        threading.Thread(target=lambda: made.extend(ids.make() for _ in range(200)))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(made)) == 800
    assert all(len(each) == LENGTH and set(each) <= set(ALPHABET) for each in made)


@pytest.mark.parametrize(
    ("typed", "digits"),
    [
        ("01ary", "01ARY"),
        (" o1Lz ", "011Z"),
        ("01U", ""),
        ("who is lee", ""),
        ("0" * 27, ""),
        ("", ""),
    ],
)
def test_what_people_type_for_an_id(typed: str, digits: str) -> None:
    assert normal(typed) == digits
