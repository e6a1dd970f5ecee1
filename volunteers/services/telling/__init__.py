"""What people, their guardians and organisations hear: letters about slots, and the reminders before them."""
