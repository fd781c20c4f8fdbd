"""Facts about Operation Inherent Resolve in Iraq (2014 to 2021), looked up at the command line."""

__version__ = "0.1.0"
