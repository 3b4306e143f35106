"""The province's service before PostGIS: the only authority over the shared planning database."""
