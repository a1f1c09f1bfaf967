"""Training of the two recognisers. Only this package uses torch; nothing at run time imports it."""
