"""Tools for work on wa-iac itself; never imported at run time."""
