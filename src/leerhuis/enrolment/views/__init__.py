"""The pages of enrolment, by audience."""
