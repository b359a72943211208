"""The vocabulary that every other package speaks; it imports nothing of ours."""
