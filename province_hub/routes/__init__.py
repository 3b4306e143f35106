"""The protocol's calls, one file per resource, all under ``/api/v1``."""
