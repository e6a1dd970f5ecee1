"""What organisations give: written, handed in, looked at, found, closed."""
