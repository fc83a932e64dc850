"""The shapes of the endpoint, declared once: JSON, its checking and its description. Both faces
keep to these."""
