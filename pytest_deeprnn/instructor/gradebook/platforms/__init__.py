"""The exports of learning platforms, recognised by the names of what is in them."""
