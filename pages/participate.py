"""A participant's phone: the script runs once, the pad does the rest."""

from components.look import page_style
from components.pad.page import phone_page

page_style("phone")
phone_page()
