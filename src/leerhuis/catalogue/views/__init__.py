"""Pages of the catalogue behind the counter: courses, runs with their lessons and trainers, venues."""
