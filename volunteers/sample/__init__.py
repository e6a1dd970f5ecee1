"""People and roles to try the service with: a hand-written ward, and a generated city of any size."""
