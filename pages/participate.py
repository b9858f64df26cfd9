"""A participant's phone: the script runs once, the pad does the rest."""

from components.gate import seat
from components.look import page_style
from components.pad import addresses, pad, snapshot
from components.words import base_path

page_style("phone")
mine = seat()
# Read before the café: a view newer than its number is sent again, an older one would stay.
frame_id = mine.room.frame.id
pad(
    mine.room.id,
    snapshot(mine.room.cafe, frame_id, mine.person),
    addresses(base_path(), mine.room.id),
    key="pad",
)
