"""Imports: upload, columns, mending, dry run, commit as a job.

Owns these screens and the paper under work. Refuses checks of its own. Looks at ledgers, jobs, files."""
