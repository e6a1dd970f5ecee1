"""What is measured beside a database of its own: `benchmarks.house` starts these as programs."""

import django

django.setup()
