"""Who signed what: SSH signatures of people, signed notes of desks, and the files that let outsiders check both."""
