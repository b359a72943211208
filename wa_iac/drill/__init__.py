"""The failure drill: what follows, by the code, if a zone, a Region, a service or a resource fails."""
