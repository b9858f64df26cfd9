"""Choose a formula, name the café, and find oneself in its console."""

import streamlit as st

from components.browser import open_address
from components.gate import address
from components.login import login_first
from components.preparation import preparation
from components.words import base_path
from content.catalogue import t
from state.domain.errors import Refusal
from state.ports import StoreError
from state.session import comptoir

st.title(t("nav.prepare"), anchor=False)
login_first(page="preparer", key="login")
wish = preparation(comptoir().pack, key="prepare")
if wish is not None:
    try:
        made = comptoir().create(wish.plan, title=wish.title, cookies=st.context.cookies, where=address())
    except Refusal as refusal:
        st.error(t(f"refusal.{refusal.code}", **refusal.details))
    except (StoreError, TimeoutError):
        st.error(t("error.not-kept"))
    else:
        st.success(t("prepare.done"))
        onward = "?vers=composer" if wish.composes else ""
        open_address(f"{base_path()}/animer/{made.id}/{made.token}{onward}", key="console")
