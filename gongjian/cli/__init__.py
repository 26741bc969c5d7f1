"""The command line: words in, one answer out; nothing here knows a rule.

Owns the commands, their options and how answers are said in Chinese or as JSON. Refuses any
work of its own. ``gongjian --help`` answers without loading the framework.
"""

from gongjian.cli.main import main

__all__ = ["main"]
