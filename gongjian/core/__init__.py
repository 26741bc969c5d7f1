"""Core: what every room may stand on and nothing more.

Owns the error family, days in China's time zone, the encryption of single
fields, plain types for scope and permission, progress on a terminal and the
reading of the environment. Refuses models, tables and any word of the domain.
Looks at no other room.
"""
