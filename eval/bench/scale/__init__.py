"""What an index of a million passages costs: made documents, the real writer, the real desk."""
