"""The Well-Architected review: what the code shows for and against each best practice, and what to do first."""
