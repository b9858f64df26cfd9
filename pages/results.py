"""Past cafés: the list of those of this browser, or the review of one."""

import streamlit as st

from components.carnet import cafe_list, carnet_box, carnet_offer
from components.gate import facilitated_room, my_cafes
from components.review import review
from content.catalogue import t

if "cafe" in st.query_params:
    review(facilitated_room().room.cafe)
    st.page_link("results.py", label=t("results.all"))
else:
    st.title(t("nav.results"), anchor=False)
    carnet_offer(key="offer")
    cafe_list(my_cafes(), key="mine")
    carnet_box(key="carnet")
