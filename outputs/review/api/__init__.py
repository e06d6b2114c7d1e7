"""The JSON API (接口): what the pages show and do, for programs, under ``/api``.

An application of its own, so that its errors are JSON and its description holds nothing else.
"""
