"""What people hear: letters about slots, and the reminders before them."""
