"""Tests that concern the whole house; the tests of one package stand beside it."""
