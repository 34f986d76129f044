"""Value streams as text: drawn, measured on real events, reviewed."""
