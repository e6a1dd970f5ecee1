"""What an organisation sees of people: who asks, who comes, and the sheet for the table there."""
