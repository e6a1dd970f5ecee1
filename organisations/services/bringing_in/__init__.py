"""Tables that people keep in spreadsheets become rows: read, checked line by line, and written all or not at all."""
