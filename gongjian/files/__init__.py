"""Files: papers that people brought or that the product wrote, by digest.

Owns the stored bytes, their names and how long they are kept. Refuses to know what a paper says
and who may see it: whoever refers to a file decides that. Looks at core.
"""
