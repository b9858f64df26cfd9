"""The front door: what this is, a way in for whoever has a code, and one for whoever hosts."""

from components.entrance import entrance
from components.gate import my_cafes

entrance(my_cafes().cafes)
