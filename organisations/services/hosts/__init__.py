"""Who posts: organisations, the people who act for them, what these hear, and when their roles rest."""
