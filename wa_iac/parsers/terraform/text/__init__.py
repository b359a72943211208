"""The text of `.tf` and `.tf.json` files: read into blocks and expressions, explained if it is wrong, and edited."""
