"""Who of a block might want one of a few roles: told by words alone, before anything is read of anybody.

For a few roles most of the time goes into fetching what is known of people. So who does not take what is done from
home, lives too far away, is shut out, has no time, or neither likes, brings nor says enough is not fetched.
"""

from __future__ import annotations

import numpy as np
from numba import uint64

from matching.engine.byte_products import product
from matching.engine.compiled import ALL, LANES, compiled, lowest
from matching.engine.kernel.asked import Asked
from matching.engine.kernel.base import Scale, eagerness
from matching.engine.kernel.people import People
from matching.engine.kernel.sought import WEEK, Sought
from matching.engine.kernel.words import Board, cannot_get_in, is_near, lacks_qualification, set_ages, too_far
from matching.engine.lanes import agreeing
from matching.engine.problem import Bits
from matching.engine.signals.interest import STEEPNESS


@compiled
def ask_first(
    people: People,
    asked: Asked,
    words: Sought,
    scale: Scale,
    board: Board,
    weekday: int,
    first: int,
    last: int,
    might: Bits,
) -> None:
    """Write who might want any of the roles, of the blocks first ≤ block < last.

    Parameters
    ----------
    asked : with one role a tile, see `matching.engine.kernel.asked.alone`.
    might : uint64 (blocks,)
    """
    for block in range(first, last):
        might[block] = uint64(0)
        for tile in range(len(asked.tile_radius)):
            row = asked.tile_start[tile]
            lanes = might_come(people, asked, words, scale, board, weekday, block, row)
            might[block] |= _might_want(people, asked, words, scale, block, row, lanes)


@compiled
def might_come(
    people: People, asked: Asked, words: Sought, scale: Scale, board: Board, weekday: int, block: int, row: int
) -> np.uint64:
    """Return who could come and is not without any wish; what is most easily said is asked first.

    What somebody avoids, who comes with them and what they do on a certain date is not asked.
    """
    if not (asked.online[row] or is_near(people, block, asked.place[row], 0.0)):
        return uint64(0)
    comes = ALL
    if scale.enough > 0.0:
        comes = _likes_enough(asked, words, scale, block, row) | brings(asked, words, block, row)
        comes |= wrote(asked, words, block, row)
    comes &= words.at_home[block] if asked.online[row] else words.outside[block]
    if comes and not asked.online[row]:
        comes &= ~too_far(people, asked.place[row], block * LANES)
    if comes:
        comes &= ~_shut(people, asked, board, block, row)
    if comes:
        comes &= _is_free(asked, words, block, row, weekday) | words.otherwise[block]
    return np.uint64(comes)


@compiled
def _might_want(
    people: People, asked: Asked, words: Sought, scale: Scale, block: int, row: int, lanes: np.uint64
) -> np.uint64:
    """Return for whom it is enough, if they liked and brought as much as these words allow."""
    may, bringing, writing = uint64(0), brings(asked, words, block, row), wrote(asked, words, block, row)
    while lanes:
        lane = lowest(lanes)
        bit = lanes & (~lanes + uint64(1))
        lanes ^= bit
        liked, said = liked_at_most(asked, words, block, row, lane), 0.0
        enough = scale.never if bringing & bit else scale.enough
        if writing & bit and eagerness(liked, 0.0) < enough:
            said = float(product(people.wish[people.number[block * LANES + lane]], asked.text[row]))
        if eagerness(liked, said) >= enough:
            may |= bit
    return may


@compiled
def liked_at_most(asked: Asked, words: Sought, block: int, row: int, lane: int) -> float:
    """Return how much the role's activities are liked at most, as `matching.engine.kernel.wishes.shared` adds it up."""
    added = 0.0
    for at in range(asked.activity_start[row], asked.activity_start[row + 1]):
        level = uint64(0)
        for step in range(words.likes.shape[1]):
            level += (words.likes[asked.activity[at], step, block] >> uint64(lane)) & uint64(1)
        added += words.levels[level] * asked.activity_weight[at]
    return added


@compiled
def brings(asked: Asked, words: Sought, block: int, row: int) -> np.uint64:
    """Return who brings any of the role's skills."""
    bringing = uint64(0)
    for at in range(asked.skill_start[row], asked.skill_start[row + 1]):
        bringing |= words.brings[asked.skill[at], block]
    return bringing


@compiled
def wrote(asked: Asked, words: Sought, block: int, row: int) -> np.uint64:
    """Return who said anything that could be held against what the role says."""
    return np.uint64(words.wrote[block] if asked.says[row] else uint64(0))


@compiled
def _likes_enough(asked: Asked, words: Sought, scale: Scale, block: int, row: int) -> np.uint64:
    """Return who likes several of the role's activities, or one as much as may be enough alone."""
    once, enough = uint64(0), uint64(0)
    for at in range(asked.activity_start[row], asked.activity_start[row + 1]):
        liked = words.likes[asked.activity[at], 0, block]
        is_little = STEEPNESS * words.levels[1] * asked.activity_weight[at] < scale.enough
        enough |= (once & liked) | (words.likes[asked.activity[at], 1, block] if is_little else liked)
        once |= liked
    return enough


@compiled
def _shut(people: People, asked: Asked, board: Board, block: int, row: int) -> np.uint64:
    """Return whom their age or what the role needs shuts out."""
    kind = asked.ages[row]
    set_ages(people, asked.age_limits[kind], block * LANES, board.age_words[kind])
    ages = board.age_words[kind]
    shut = ages[0] | ages[1] | ages[2] | lacks_qualification(people, asked, board, block, row)
    return np.uint64(shut | cannot_get_in(people, asked, board, block, row))


@compiled
def _is_free(asked: Asked, words: Sought, block: int, row: int, weekday: int) -> np.uint64:
    """Return who has time in an ordinary week for one of the ways to do one of the slots."""
    free = uint64(0)
    for slot in range(asked.slot_start[row], asked.slot_start[row + 1]):
        kind = asked.time[slot]
        for way in range(asked.way_start[kind], asked.way_start[kind + 1]):
            mask = asked.way_mask[way]
            free |= agreeing(words.free[(weekday + asked.way_day[way]) % WEEK, block], 0, mask, mask)
    return np.uint64(free)
