"""What a build knows by heart: names, titles, words, completions, suggested questions."""
