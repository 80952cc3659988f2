"""The Qt application: draws what the engine says."""
