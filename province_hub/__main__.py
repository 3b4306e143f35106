"""``python -m province_hub``."""

from province_hub.cli import app

app(prog_name="province_hub")
