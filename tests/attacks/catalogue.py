"""Which attacks there are, which take long, and which nothing holds yet."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

SUBMISSIONS = Path(__file__).parent / "submissions"
KINDS = ("tampering", "escape", "denial", "injection", "leaks", "scratch")
#: They cost a time limit each, or say what another says sooner.
SLOW = frozenset(
    {
        *("denial/loads_for_ever", "denial/calls_for_ever", "denial/sleeps"),
        *("denial/sleeps_without_signals", "denial/many_threads", "denial/answers_slowly"),
        *("denial/huge_tensors", "tampering/huge_shapes", "tampering/right_at_times"),
        *("tampering/subclass_lies", "tampering/behaves_by_stack", "tampering/patches_codec"),
        *("tampering/patches_host_by_stack", "tampering/walks_subclasses"),
        *("tampering/device_only_on_stand_in", "scratch/scripted", "scratch/other_thread"),
        *("scratch/operators", "scratch/layer_with_my_weights", "scratch/by_hooks"),
        *("scratch/registers_its_own", "tampering/remembers_first", "scratch/text_in_an_array"),
        *("tampering/array_by_strides", "tampering/array_through_ctypeslib"),
        *("escape/pickled_arrays", "denial/stops_itself", "tampering/device_by_a_table"),
        *("tampering/changes_at_three_steps", "tampering/wrong_when_large"),
        *("tampering/forgets_without_gradients", "tampering/behaves_when_watched"),
        *("scratch/unpacked_text", "scratch/cells_for_the_first_step", "scratch/in_a_subclass"),
    }
)
#: What these get instead of "fail", and by what.
NOT_HELD: dict[str, str] = {}
#: What the report says of those that end before anything they print is sent.
SAID_INSTEAD = {
    "tampering/exits_at_load": "Loading the file ended the process (exit status 0)",
    "denial/loads_for_ever": "Loading the file did not end",
}


@dataclass(frozen=True)
class Attack:
    """A hostile submission."""

    kind: str
    path: Path

    @property
    def name(self) -> str:
        """Its kind and its file's name."""
        return f"{self.kind}/{self.path.stem}"

    @property
    def file(self) -> str:
        """What it is called in the class folder, where all kinds lie together."""
        return f"{self.kind}_{self.path.name}"


def attacks(slow: bool = False, kinds: tuple[str, ...] = KINDS) -> list[Attack]:
    """Those of these kinds, in the order of their names; without the slow ones unless asked for."""
    found = [
        Attack(kind, path) for kind in kinds for path in sorted((SUBMISSIONS / kind).iterdir())
    ]
    return [one for one in found if one.path.is_file() and (slow or one.name not in SLOW)]
