"""The networks: one folder each (weights, card, README), and the code that makes them."""
