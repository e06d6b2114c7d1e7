"""What people see: wording, exports, the change report. Knows corpus only."""
