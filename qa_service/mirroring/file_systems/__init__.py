"""File systems elsewhere, such as S3, WebDAV and SFTP, by the drivers of fsspec."""
