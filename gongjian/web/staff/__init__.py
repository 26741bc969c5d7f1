"""Staff: people, their posts with days, hand-over, substitution, and the page of roles.

Owns these screens. Refuses to grant what accounts does not. Looks at accounts, areas, unions."""
