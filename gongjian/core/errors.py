"""The error family: each error is one sentence for the person at the screen."""

from typing import ClassVar


class Refused(Exception):
    """What was asked cannot be done, for a reason in the data.

    `sentence` is plain Chinese: it names the value and says what to do.
    `exit_status` is what a command ends with.
    """

    exit_status: ClassVar[int] = 1

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class WrongUse(Refused):
    """The command, an option or a setting was used wrongly."""

    exit_status: ClassVar[int] = 2


class NotInScope(Refused):
    """The thing lies outside what this person's posts cover."""


class NotPermitted(Refused):
    """The person sees the thing but has no permission for the deed."""


class NotNow(Refused):
    """Person and thing are right, the moment is not."""
