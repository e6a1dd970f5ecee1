"""What a neighbourhood lacks: told so that nobody can be recognised, found by who could help, taken up or over."""
