"""Saying beforehand that one will come to a café."""

from components.gate import seat
from components.look import page_style
from components.registration import registration

page_style("register")
registration(seat(), key="register")
