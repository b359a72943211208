"""Tools for whoever works on wa-iac itself; never imported at run time."""
