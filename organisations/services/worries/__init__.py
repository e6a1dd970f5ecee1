"""What troubles a resident: sealed, read by who coordinates there, answered in time, passed on, forgotten."""
