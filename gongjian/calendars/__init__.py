"""Calendars: which days are worked, and when a span of days is over.

Owns the days on which the State Council's yearly arrangement departs from Monday to Friday, and the
arithmetic of deadlines. Refuses to know what a deadline is for. Looks at core.
"""
