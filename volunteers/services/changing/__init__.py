"""A time is moved, a role takes place elsewhere, a repeat ends: what becomes of places, and who hears of it."""
