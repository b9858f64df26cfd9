"""Refusals: each has a `code` that the catalogue turns into a sentence (`refusal.<code>`)."""


class Refusal(Exception):
    """What was asked cannot be done; nothing changed."""

    code = "refused"

    def __init__(self, **details: object) -> None:
        super().__init__(self.code)
        self.details = details


class TextEmpty(Refusal):
    code = "text-empty"


class TextTooLong(Refusal):
    code = "text-too-long"


class PseudonymReserved(Refusal):
    code = "pseudonym-reserved"


class NotAChoice(Refusal):
    """A level, a place or a choice outside the ones offered."""

    code = "not-a-choice"


class CafeOver(Refusal):
    code = "cafe-over"


class RoomFull(Refusal):
    code = "room-full"


class NotHere(Refusal):
    code = "not-here"


class SentAway(Refusal):
    code = "sent-away"


class UnknownQuestion(Refusal):
    code = "unknown-question"


class QuestionPassed(Refusal):
    code = "question-passed"


class VoteNotOpen(Refusal):
    code = "vote-not-open"


class KeyReused(Refusal):
    code = "key-reused"


class UnknownStop(Refusal):
    code = "unknown-stop"


class NothingToReveal(Refusal):
    code = "nothing-to-reveal"
