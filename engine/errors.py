"""What the user can mend, in one sentence, with a remedy."""


class UserError(Exception):
    """Something the user can mend.

    Args:
        what: One sentence that says what happened ("The camera does not answer.").
        remedy: One sentence that says what to do ("Check the cable, then tap Retry.").
    """

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(f"{what} {remedy}")
        self.what = what
        self.remedy = remedy


class SourceError(UserError):
    """A camera, stream, file or folder gives no pictures."""


class CameraError(SourceError):
    """A camera or stream does not answer; trying again may help."""


class ModelError(UserError):
    """A network's file is missing, damaged or of the wrong shape."""


class SettingsError(UserError):
    """The settings file or a setting is not usable."""


class EnrolmentError(UserError):
    """A person cannot be enrolled with what was given."""


class WorseHeadError(EnrolmentError):
    """With what was given, the people enrolled before would be named rightly less often."""


class StoreError(UserError):
    """The database or its key is not usable."""


class InUseError(StoreError):
    """Another program is using the database; trying again helps."""


class DamagedError(StoreError):
    """Something that is kept cannot be read any more: it is damaged, or sealed with another key."""
