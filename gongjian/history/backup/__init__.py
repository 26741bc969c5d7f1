"""Back-up: the whole database as one file, its keys as a second one, and the way back.

Owns the archive and its manifest, the consistent copy on either database, and the
restore into an empty one with the proof that it is the same. Refuses archives with
anything in them that their manifest does not name. Knows tables only by the chain's
head, the key check and the list of migrations.
"""
