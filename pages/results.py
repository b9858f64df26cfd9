"""Past cafés: the list of those of this browser, or the review of one."""

import streamlit as st

from components.carnet import cafe_list, carnet_box, carnet_offer
from components.farewell import farewell, farewell_receipt
from components.gate import facilitated_room, my_cafes
from components.review import review
from content.catalogue import t

if "cafe" in st.query_params:
    console = facilitated_room()
    review(console.room.cafe)
    farewell(console, key="farewell")
    st.page_link("results.py", label=t("results.all"))
else:
    st.title(t("nav.results"), anchor=False)
    farewell_receipt(key="farewell")
    carnet_offer(key="offer")
    cafe_list(my_cafes(), key="mine")
    carnet_box(key="carnet")
