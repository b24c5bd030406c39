"""From files to stored passages."""
