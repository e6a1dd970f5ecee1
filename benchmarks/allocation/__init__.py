"""Who is shown what: the allocation against plain top-K and two published ideas, on an invented market."""
