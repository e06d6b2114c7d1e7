"""How it runs: Prefect flows, settings, command line. Knows everyone."""
