"""The trail: every link of the chain in words, who looked at whom, who had access, verifying.

Owns these screens. Refuses to alter anything: what is listed is the chain itself. Looks at history.
"""
