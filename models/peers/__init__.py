"""Other ways to do the same job, for `facedesk bench --against`: each a process of its own, run by its path."""
