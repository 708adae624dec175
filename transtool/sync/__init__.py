"""Plan what brings translations in line: shared fields with their source, local ones with the configuration."""

from transtool.sync.plan import Wish, plan, require_fields

__all__ = ["Wish", "plan", "require_fields"]
