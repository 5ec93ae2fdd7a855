"""Tests of the lists of the office."""
