"""Workflow: pieces of work that go from state to state, step by step, against the clock.

Owns the declarations of flows, their cases, the passages of each, to-dos with deadlines, notices
and rule packs. Refuses every word of the domain: a place is a number that a flow knows how to look
up from, a subject is a text. Looks at calendars, files, jobs, history and core.
"""
