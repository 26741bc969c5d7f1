"""Cases of any flow: what happened, what is locked and why, what is to be done, papers.

Everything shown comes of the declaration of the flow and of the case; no page here knows any flow
by name. Who may take which step is decided by the engine of flows.
"""
