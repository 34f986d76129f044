"""From the outcome backwards to the steps that bring it about."""
