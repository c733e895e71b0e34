"""The longest common series is really the longest; beyond the largest table it still is common."""

from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wijkplatform.texts import common as module
from wijkplatform.texts.common import common, equal_blocks
from wijkplatform.texts.sentences import normalise

series = st.lists(st.integers(0, 4), max_size=14)
texts = st.lists(st.sampled_from(["een", "twee", "Drie", ".", " ", "  ", "\n\n", ". "]), max_size=25).map(
    lambda pieces: normalise("".join(pieces))
)


def longest(old, new):
    @cache
    def count(i, j):
        if i == len(old) or j == len(new):
            return 0
        if old[i] == new[j]:
            return 1 + count(i + 1, j + 1)
        return max(count(i + 1, j), count(i, j + 1))

    return count(0, 0)


def is_common(pairs, old, new):
    rising = all(a < c and b < d for (a, b), (c, d) in pairwise(pairs))
    return rising and all(old[i] == new[j] for i, j in pairs)


@settings(deadline=None)  # how many examples, the profile says
@given(series, series)
def test_no_longer_series_exists(old, new):
    pairs = common(old, new)
    assert is_common(pairs, old, new)
    assert len(pairs) == longest(old, new)


@settings(deadline=None)
@given(st.lists(st.integers(0, 30), max_size=30), st.lists(st.integers(0, 30), max_size=30))
def test_beyond_the_largest_table_it_is_still_common(old, new):
    limit, module.LARGEST_TABLE = module.LARGEST_TABLE, 8
    try:
        assert is_common(common(old, new), old, new)
        assert len(common(old, old)) == len(old)
    finally:
        module.LARGEST_TABLE = limit


def test_things_that_occur_once_are_found_beyond_the_largest_table(monkeypatch):
    monkeypatch.setattr(module, "LARGEST_TABLE", 4)
    old, new = ["x", *range(20), "y"], ["p", 0, 1, "n", *range(2, 20), "q"]
    assert len(common(old, new)) == 20


@settings(deadline=None)
@given(texts, texts)
def test_equal_blocks_are_equal_and_in_order(old, new):
    blocks = equal_blocks(old, new)
    assert all(old[i : i + n] == new[j : j + n] and n for i, j, n in blocks)
    for block, following in pairwise(blocks):
        assert block.old + block.length <= following.old
        assert block.new + block.length <= following.new


@pytest.mark.timeout(60)
def test_a_hundred_thousand_words_are_no_burden():
    old, new = ["ja"] * 100_000, ["nee", *["ja"] * 50_000, "nee", *["ja"] * 50_000, "nee"]
    assert all(old[i] == new[j] for i, j in common(old, new))
