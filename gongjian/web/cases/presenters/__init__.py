"""Cases in words: the list, and one case with its path, locks, deadlines, rules and papers.

Takes what ``queries`` found and refuses to ask for more.
"""
