"""Spreadsheets are handed in, looked at, and brought in whole or not at all."""
