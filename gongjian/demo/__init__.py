"""The demonstration: seven workbooks of an invented county, and the figures they come to.

Owns the workbooks in ``county`` and the one command that loads them and prints every figure
beside the commands which open it. Refuses to invent a number or to write a row by itself: all
it knows goes through the import that clerks use, and all it says through the catalogue.
"""
