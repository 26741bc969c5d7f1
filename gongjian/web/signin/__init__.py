"""Sign-in: the pages around a password, a second factor, and the sessions of a person.

Owns the templates and rules of allauth's pages. Refuses to know posts. Looks at accounts."""
