"""The meaning of planning changes: pure Python and shapely, the same on the desk and in the hub."""
