"""A guardian of the young: asked, answering, their consent and its end, what is called off without it, silence."""
