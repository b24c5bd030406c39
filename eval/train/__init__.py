"""Scripts that make the shipped coefficients."""
