"""How often one wants letters, how they went, and the address in them that stops them."""
