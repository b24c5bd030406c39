"""What a sentence gives values for, and how two values stand to each other."""
