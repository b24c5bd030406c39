"""Runs question sets against a desk from outside, as a user would, and judges what it says."""
