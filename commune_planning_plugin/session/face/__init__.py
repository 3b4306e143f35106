"""What docks may read and call of the session, one room for each thing that they are about."""
