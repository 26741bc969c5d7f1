"""System: health, metrics, the state of a job.

Owns these answers. Refuses to show a stranger more than that it lives. Looks at jobs and history."""
