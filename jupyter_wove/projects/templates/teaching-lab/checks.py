"""Checks for the lab: each looks at one answer and says what is missing, without telling it."""

from collections.abc import Callable


def check_period(answer: object) -> str | None:
    """Look at the period of a wave of 4 Hz."""
    if not isinstance(answer, int | float):
        return "Give a number: how many seconds does one wave take?"
    if answer == 4:
        return "That is the frequency: waves per second. How long does one of them take?"
    return None if abs(answer - 0.25) < 1e-9 else "The period is one divided by the frequency."


def check_wavelength(answer: object) -> str | None:
    """Look at the function that computes a wavelength."""
    if not callable(answer):
        return "Write a function of speed and frequency."
    if answer(340, 170) is None:
        return "The function gives nothing back: does it end with `return`?"
    right = answer(340, 170) == 2 and answer(300, 100) == 3
    return None if right else "For 340 m/s and 170 Hz the wavelength is 2 m; yours differs."


def check_loudest(answer: object) -> str | None:
    """Look at the name of the loudest wave."""
    if answer not in {"A", "B", "C"}:
        return "Answer with the name of one wave: 'A', 'B' or 'C'."
    return None if answer == "B" else "Compare the amplitudes: the largest distance from zero."


def check(look: Callable[[object], str | None], answer: object) -> bool:
    """Print what a check says about an answer; give whether it is right."""
    hint = "There is no answer yet." if answer is ... else look(answer)
    print("Done." if hint is None else f"Not yet. {hint}")
    return hint is None
