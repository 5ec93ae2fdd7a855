"""Measurements that can be repeated, on the machine where they run: ``make bench``. Start reading at README.md."""
