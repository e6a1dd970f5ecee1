"""What can be asked of a person, alone or beside one row; the table joins these with ``&``, ``|`` and ``~``."""
