"""What if: in which direction things move around loops. Directions, never sizes."""
