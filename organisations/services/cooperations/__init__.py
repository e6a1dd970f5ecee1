"""An offer and who can use it: proposed, agreed by three sides in any order, booked, done or called off."""
