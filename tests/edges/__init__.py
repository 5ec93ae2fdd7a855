"""The edges of the product: one effect per request, headers, sizes, and text that comes out as it went in."""
