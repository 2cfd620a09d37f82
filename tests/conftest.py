"""For all tests: pytester, which runs pytest as a user would."""

pytest_plugins = ["pytester"]
