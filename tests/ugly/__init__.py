"""Ugly workbooks: the files of real life, each with the answer its import must give.

Owns the writers' helpers and the tables of cases, split by topic. Refuses to know how a file is
read: a case states what was written, what must come of it, and nothing in between.
"""
