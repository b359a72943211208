"""Reports in every format; pure functions of a `Report`."""
