"""Tests that need more floors than the package they are about."""
