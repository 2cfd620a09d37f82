"""`python -m pytest_deeprnn` is the `deeprnn` command."""

from __future__ import annotations

import sys

from pytest_deeprnn.frontends.cli.main import main

sys.exit(main())
