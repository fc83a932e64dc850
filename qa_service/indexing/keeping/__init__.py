"""The builds that are kept: their manifests, hashes and history."""
