"""Schema migrations, frozen in time: each one imports nothing of ours."""
