"""Drawn pictures: SVG, and the interactive picture of an HTML page. ELK places, our own JavaScript draws."""
