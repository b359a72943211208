"""The rules, one file each, by pillar of the Well-Architected Framework."""
