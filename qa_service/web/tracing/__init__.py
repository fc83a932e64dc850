"""Questions as traces of OpenTelemetry, for who asks for that."""
