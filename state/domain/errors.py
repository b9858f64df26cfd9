"""Refusals: each has a `code` that the catalogue turns into a sentence (`refusal.<code>`)."""


class Refusal(Exception):
    """What was asked cannot be done; nothing changed."""

    code = "refused"

    def __init__(self, **details: object) -> None:
        super().__init__(self.code)
        self.details = details


class LoginRequired(Refusal):
    """Only people who are logged in make cafés here."""

    code = "login-required"


class TextEmpty(Refusal):
    code = "text-empty"


class TextTooLong(Refusal):
    code = "text-too-long"


class PseudonymReserved(Refusal):
    code = "pseudonym-reserved"


class NotAChoice(Refusal):
    """A level, a place or a choice outside the ones offered."""

    code = "not-a-choice"


class TooMany(Refusal):
    """More answers, words or notes than one person may give; says the `limit`."""

    code = "too-many"


class BoardFull(Refusal):
    code = "board-full"


class NotYours(Refusal):
    """A note that somebody else stuck."""

    code = "not-yours"


class UnknownNote(Refusal):
    code = "unknown-note"


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


class NotAnAddress(Refusal):
    """What was typed is no web address."""

    code = "not-an-address"


class FilmRefused(Refusal):
    """A file that is no video a browser plays."""

    code = "film-refused"


class FilmsFull(Refusal):
    """Says the `limit`, in videos of the largest size."""

    code = "films-full"


class FilmTooLarge(Refusal):
    """Says the `limit`, in megabytes."""

    code = "film-too-large"


class StepPlayed(Refusal):
    """A step that the room has come to is history."""

    code = "step-played"


class StepGone(Refusal):
    """Somebody else has removed what was to be changed."""

    code = "step-gone"


class ProgrammeEmpty(Refusal):
    code = "programme-empty"


class ProgrammeFull(Refusal):
    """Says the `limit`, in steps."""

    code = "programme-full"


class NotSuitable(Refusal):
    """A step cannot be so: a text that is missing or too long, a list too short or too long."""

    code = "not-suitable"


class NotAMoment(Refusal):
    code = "not-a-moment"


class LinkRevoked(Refusal):
    """A helper whose link was taken back."""

    code = "link-revoked"


class NoCarnet(Refusal):
    """This browser holds no carnet."""

    code = "no-carnet"


class NotRegistering(Refusal):
    """Nobody is asked to say beforehand that they will come."""

    code = "not-registering"


class TooFast(Refusal):
    """Asked too often; says in how many `seconds` to ask again."""

    code = "too-fast"


class RoomLocked(Refusal):
    """Nobody new comes in; whoever came before may come back."""

    code = "room-locked"


class OwnerOnly(Refusal):
    """Something that only who made the café may do, not those who help."""

    code = "owner-only"


class AlreadyHelping(Refusal):
    """Somebody of that name facilitates already."""

    code = "already-helping"
