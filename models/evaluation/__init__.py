"""The figures of `models.evaluate`, one module per kind."""
