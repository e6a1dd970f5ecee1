"""What anybody may be told: what is advertised, what feeds have said, cooperations that worked, support there is."""
