"""A coordinator finds good what is said: before it is public, and again when a public role says otherwise."""
