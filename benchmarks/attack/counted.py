"""What came of attacks of one kind."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Counted:
    """How many attacks were tried, how many of them transtool refused to have anything to do with, and what failed."""

    tried: int = 0
    refused: int = 0
    failed: list[str] = field(default_factory=list)

    def check(self, held: bool, attack: str) -> None:
        """Count an attack; `held` says whether transtool did what it promises."""
        self.tried += 1
        if not held:
            self.failed.append(attack)
