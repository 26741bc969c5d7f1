"""Digests by mail: who gets one on which morning, what it says, and that it goes out once.

Owns the row of each person and day, the sending, and the pages of one's own choice and of what
did not go out. Refuses to put anything into a mail but counts and the titles of cases.
"""
