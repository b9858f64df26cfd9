"""A participant's phone: the script runs once, the pad does the rest."""

from components.gate import seat
from components.look import page_style
from components.pad import Addresses, pad, snapshot
from components.words import base_path

page_style("phone")
mine = seat()
api = f"{base_path()}/api/cafes/{mine.room.id}"
# Read before the café: a view newer than its number is sent again, an older one would stay.
frame_id = mine.room.frame.id
pad(
    mine.room.id,
    snapshot(mine.room.cafe, frame_id, mine.person),
    Addresses(stream=f"{api}/stream", answers=f"{api}/answers", join=f"{api}/join", state=f"{api}/state"),
    key="pad",
)
