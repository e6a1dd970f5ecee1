"""Who fits what: arrays in, arrays out. No Django, no ids, no clock."""
