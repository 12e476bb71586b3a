"""The four outcomes of a check."""

from enum import StrEnum


class Outcome(StrEnum):
    """What a check came to. Anything but pass and not applicable keeps a filing from being clean."""

    PASS = "pass"  # noqa: S105 - an outcome, not a password
    FAIL = "fail"
    NOT_APPLICABLE = "not_applicable"
    NOT_EVALUABLE = "not_evaluable"
