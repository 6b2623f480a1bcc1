"""Passphrases drawn by the program."""

from math import log2

from beiratswahl.access import passphrases, passwords


def test_four_words_are_hard_to_guess_and_easy_to_type() -> None:
    words = passphrases.WORDS
    assert len(words) == len(set(words))
    assert all(word.isascii() and word.islower() and word.isalpha() and 4 <= len(word) <= 8 for word in words)
    assert passphrases.WORDS_PER_PHRASE * log2(len(words)) > 38


def test_a_drawn_phrase_is_a_fit_password_and_never_the_same() -> None:
    phrases = {passphrases.draw() for _ in range(50)}
    assert len(phrases) == 50
    assert all(len(phrase.split()) == 4 and len(phrase) >= passwords.SHORTEST for phrase in phrases)
