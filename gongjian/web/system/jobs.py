"""Once a day: papers and sign-ins whose time is over go."""

from importlib import import_module

from django.conf import settings

from gongjian.files.actions import forget_expired, sweep
from gongjian.jobs.registry import chore


@chore
def papers() -> None:
    """Papers whose time is over, and drafts of uploads that broke off."""
    forget_expired()
    sweep()


@chore
def sign_ins() -> None:
    """Sign-ins that ended."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
