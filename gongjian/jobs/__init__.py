"""Jobs: work that goes on in the background while people look at other pages.

Owns the job row (progress, heartbeat, retry, cancel, result) and the worker that runs it. Refuses
to know what a job does: rooms above register their handlers by a word. Looks at core.
"""
