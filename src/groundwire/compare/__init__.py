"""Documents side by side: agreements, conflicts, changes, quotations."""
