"""Who helps: what they say of themselves, when they are free, and how they come to be among them."""
