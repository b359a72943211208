"""The text of `.tf` and `.tf.json` files: read into blocks and expressions, explained where it is wrong, written to."""
