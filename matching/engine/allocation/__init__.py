"""No need left behind: which of their candidates everybody is shown, all at once."""
