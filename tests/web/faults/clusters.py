"""A primary and its standby."""

from __future__ import annotations

from real_postgres import PostgresServer


class Cluster:
    """Both, with what they hold."""

    def __init__(self) -> None:
        self.primary = PostgresServer()
        self.standby = PostgresServer(self.primary)

    def address(self) -> str:
        """The address of an empty database at both."""
        first = self.primary.new_database()
        self.standby.catch_up(self.primary)
        port = f":{self.primary.port}/"
        return first.replace(port, f"{port[:-1]},127.0.0.1:{self.standby.port}/")

    def start(self) -> None:
        """Starts both again."""
        self.primary.start()
        self.standby.start()

    def close(self) -> None:
        """Ends both."""
        self.primary.close()
        self.standby.close()
