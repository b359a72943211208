"""What a drill found, for people and programs: text, JSON, marks for pictures, a page, and an experiment that tests the same."""
