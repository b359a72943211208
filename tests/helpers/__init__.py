"""What several tests share. Only tests import it."""
