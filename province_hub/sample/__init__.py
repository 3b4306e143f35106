"""The sample province: real commune boundaries of Khánh Hòa, plans and features made up from a seed."""

from province_hub.sample.load import Summary, load

__all__ = ["Summary", "load"]
