"""IATI activity files, in and out."""
