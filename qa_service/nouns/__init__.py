"""The nouns: frozen, without behaviour but what keeps them true. They import nothing above."""
