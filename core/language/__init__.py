"""Real language models: tokens, what enters, what the layers do, and the next word."""
