"""What a delivery changed at the step it was meant to change."""
