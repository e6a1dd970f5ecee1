"""What is measured by hand and not in the tests: python -m benchmarks.<name>."""
