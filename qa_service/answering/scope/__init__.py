"""What a question's own words narrow the search to, and looking there first."""
