"""How the shipped model is made: corpus, vocabulary, pretraining, fine-tuning, linking, export."""
