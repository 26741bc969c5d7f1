"""Accounts: people who sign in, the posts they hold, the roles and what a role may do.

Owns users and posts, and turns a person's posts on a day into a scope and permissions. Refuses
to know what a union is: a post at a union carries its number, and whoever stands above unions
says what lies below it. Looks at areas, history and core.
"""
