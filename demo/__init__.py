"""The main job in real QGIS windows, on the sample province; and the private services that it runs against."""
