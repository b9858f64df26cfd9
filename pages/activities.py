"""Every activity, to try alone before hosting it."""

import streamlit as st

from components.browser import open_address
from components.gate import address
from components.login import login_first
from components.tryout import activity_list
from components.words import base_path
from content.catalogue import t
from state.domain.errors import Refusal
from state.ports import StoreError
from state.session import comptoir

st.title(t("nav.activities"), anchor=False)
st.write(t("try.help"))
login_first(page="activites", key="login")
wanted = activity_list(comptoir().pack, key="try")
if wanted is not None:
    try:
        made = comptoir().try_out(wanted, cookies=st.context.cookies, where=address())
    except Refusal as refusal:
        st.error(t(f"refusal.{refusal.code}", **refusal.details))
    except (StoreError, TimeoutError):
        st.error(t("error.not-kept"))
    else:
        open_address(f"{base_path()}/animer/{made.id}/{made.token}", key="console")
