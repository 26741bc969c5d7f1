"""Web: the screens; what is asked in a browser goes to the rooms below and comes back as a page.

Owns the shell (navigation, day and knowledge, search, errors as pages), the components and the
static files, and one package for each family of screens. Refuses to compute or to decide: figures,
checks and rights come from the rooms. Looks at every room.
"""
