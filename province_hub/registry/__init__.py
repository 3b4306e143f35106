"""The province's registry of communes and plans, as its administrator brings it in from files."""
