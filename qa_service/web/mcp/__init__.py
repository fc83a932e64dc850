"""What assistants call: the service's tools by the Model Context Protocol, read-only."""
