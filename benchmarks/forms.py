"""How many of the collected forms of quantities and times are read right; the wrong ones are listed."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from forms import judged, tables


def main() -> None:
    for name in tables():
        results = judged(name)
        wrong = [one for one in results if one.seen != one.wanted]
        right = len(results) - len(wrong)
        print(f"{name}: {right} of {len(results)} right, {right / len(results):.1%}")
        for one in wrong:
            print(f"    {one.text}\n        wanted {one.wanted}\n        seen   {one.seen}")


if __name__ == "__main__":
    main()
