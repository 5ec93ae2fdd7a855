"""Stories: a whole way through the product, in the running demo and a real browser, one file per story."""
