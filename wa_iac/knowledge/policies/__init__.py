"""What a resource's policy allows and denies, as IAM evaluates it: one evaluator for every rule that asks."""
