"""How each kind of question is seen: on a phone, in the console, on the screen and afterwards.

A module draws one kind of question for any activity that asks it; `views` says which. What an activity shows in its own
way stands in `components.activities`.
"""
