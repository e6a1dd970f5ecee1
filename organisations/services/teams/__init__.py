"""A company's people come together: a team, the places kept for it, and until when."""
