"""Taking part: a place at once or a question first, the place given back, and what happens where no answer comes."""
