"""What a work folder was made from: its pixels, checkpoints and answers serve no run with other photographs, another start or seed."""

import hashlib
import json
from pathlib import Path

# The files that a run finds again. Pixels are of the photographs alone.
PIXELS = ("pixels.txt",)
RUNS = ("*.checkpoint", "left-out-*.npy", "first-blocks-*")


def choose_folder(work: Path, short: bool, labelled: Path | None) -> Path:
    """A short run has a folder of its own in the work folder, unless it is a retraining, whose work folder serves it alone."""
    return work / "short" if short and labelled is None else work


def claim(work: Path, anew: bool = False, **wanted: object) -> None:
    """
    Notes in the folder what it is used for, or ends the program where it was used for something else. With `anew`, what is kept there is
    forgotten instead.
    """
    note = work / "made-from.json"
    made = json.loads(note.read_text()) if note.exists() else {}
    others = [name for name in wanted if name in made and made[name] != wanted[name]]
    patterns = (*(RUNS if others or not made else ()), *(PIXELS if "photographs" in others or not made else ()))
    stale = [file for pattern in patterns for file in work.glob(pattern)]
    if stale:
        if not anew:
            different = "some with a difference in " + " and ".join(others) if made else "files that do not say what they are of"
            raise SystemExit(
                f"Expected pixels and checkpoints of these photographs, of the same --start and --seed in {work}, or none, but it has {different}. "
                "Add --fresh to npm run train to forget them, or name another folder with --work."
            )
        for file in stale:
            file.unlink()
    work.mkdir(parents=True, exist_ok=True)
    if made != made | wanted:
        note.write_text(json.dumps(made | wanted, indent=2) + "\n")


def fingerprint_photographs(rows: list[tuple[Path, str, str, str]]) -> str:
    """Of where each photograph lies, its size, label, source and group."""
    lines = [[str(file.resolve()), file.stat().st_size, *of_file] for file, *of_file in rows]
    return hashlib.sha256(json.dumps(lines).encode()).hexdigest()


def fingerprint_start(start: str) -> str:
    return start if start == "imagenet" else hashlib.sha256(Path(start).read_bytes()).hexdigest()
