"""The eval set of the project, its bench, and its training scripts."""
