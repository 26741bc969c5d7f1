"""What a list says, ready to be set: cells, the bar of places, the form of filters.

Owns the words and addresses of the page of a list. Refuses to ask the database for rows. Looks at
the list's own queries.
"""
