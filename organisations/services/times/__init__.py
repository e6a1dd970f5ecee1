"""When: the times of a role with their places, rules by which times come round, and days and hours asked for."""
