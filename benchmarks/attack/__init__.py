"""Attacks on transtool, counted: what was tried, and what of it failed. Long runs of what the tests try in short."""
