"""The monthly report: each unit's month, who is in, what is to be done, and the difference sheet.

Shows and hands on; who may take which step, and what is late, is decided by reporting and the
engine of flows. Every number on these pages is a figure of the catalogue.
"""
