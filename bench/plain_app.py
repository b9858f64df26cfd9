"""A bare Streamlit page: what a first visit costs before anybody has thought about it."""

import streamlit as st

st.title("Café de la data")
st.radio("Votre réponse", ["Ma donnée", "Madonna", "Les deux"])
st.button("Envoyer")
