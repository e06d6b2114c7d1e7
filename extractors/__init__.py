"""What documents say: rules that find commitments, each with its evidence. Knows corpus only."""
